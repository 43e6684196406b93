#include "services/plans/importer/pdf_reader.h"

#include <gtest/gtest.h>

#include "tests/plans/support/document_text.h"

namespace gongkai::plans::importer {
namespace {

constexpr double kSize = 12;  // of a character

PdfWord Word(TextView text, double left, double top) {
  return {.text = Text(text),
          .left = left,
          .top = top,
          .right = left + kSize * static_cast<double>(text.size()),
          .bottom = top + kSize};
}

// Ruled lines around cells of that width and height, from (x, y).
void Rule(size_t columns, size_t rows, double x, double y, PdfPage& page) {
  constexpr double kWidth = 100;
  constexpr double kHeight = 20;
  const auto at = [](double start, size_t i, double step) {
    return start + static_cast<double>(i) * step;
  };
  for (size_t i = 0; i <= columns; ++i) {
    page.vertical.push_back({at(x, i, kWidth), y, at(y, rows, kHeight)});
  }
  for (size_t i = 0; i <= rows; ++i) {
    page.horizontal.push_back({at(y, i, kHeight), x, at(x, columns, kWidth)});
  }
}

std::string ShowPdf(const std::vector<PdfPage>& pages) {
  const auto document = ReadPdf(pages);
  EXPECT_TRUE(document) << document.error().message;
  return document ? Show(*document) : "";
}

TEST(PdfReader, ReadsTextAndARuledTable) {
  PdfPage page{.height = 842};
  Rule(2, 2, 50, 100, page);
  page.words = {Word(U"任务分解表", 200, 60), Word(U"任务", 60, 104),  Word(U"责任单位", 160, 104),
                Word(U"公布名录", 60, 124),   Word(U"县司", 160, 121), Word(U"法局", 160, 133),
                Word(U"印发", 60, 200),       Word(U"- 1 -", 290, 800)};
  EXPECT_EQ(ShowPdf({page}), "任务分解表\n|任务|责任单位\n|公布名录|县司/法局\n印发\n");
}

TEST(PdfReader, StatesMergedCells) {
  PdfPage page{.height = 842};
  Rule(3, 3, 50, 100, page);
  page.vertical[1].from = 120;    // 任务 reaches over two columns
  page.horizontal[2].from = 150;  // the first cell of row 2 over two rows
  page.words = {Word(U"任务", 60, 104), Word(U"单位", 260, 104), Word(U"甲", 60, 134),
                Word(U"乙", 160, 124),  Word(U"局", 260, 124),   Word(U"丙", 160, 144),
                Word(U"处", 260, 144)};
  EXPECT_EQ(ShowPdf({page}), "|任务|<|单位\n|甲|乙|局\n|^甲|丙|处\n");
}

TEST(PdfReader, JoinsATableAndARowThatThePageEndsCut) {
  PdfPage first{.height = 842};
  Rule(3, 2, 50, 700, first);
  first.words = {Word(U"序号", 60, 704), Word(U"任务", 160, 704),       Word(U"责任单位", 260, 704),
                 Word(U"1", 60, 724),    Word(U"公布名录，", 160, 724), Word(U"县司法局", 260, 724),
                 Word(U"1", 290, 800)};
  PdfPage second{.height = 842};
  Rule(3, 2, 50, 60, second);
  second.words = {Word(U"更新解读。", 160, 64), Word(U"2", 60, 84), Word(U"公布病害", 160, 84),
                  Word(U"县水利局", 260, 84)};
  EXPECT_EQ(ShowPdf({first, second}),
            "|序号|任务|责任单位\n|1|公布名录，/更新解读。|县司法局\n|2|公布病害|县水利局\n");
}

TEST(PdfReader, JoinsLinesThatFillTheirCell) {
  PdfPage page{.height = 842};
  Rule(2, 1, 50, 100, page);
  page.words = {Word(U"县林业局、县", 64, 101), Word(U"水利局", 64, 113),
                Word(U"县司法局", 156, 101), Word(U"县财政局", 156, 113)};
  EXPECT_EQ(ShowPdf({page}), "|县林业局、县水利局|县司法局/县财政局\n");
}

TEST(PdfReader, JoinsLinesThatFillThePage) {
  PdfPage page{.height = 842};
  page.words = {Word(U"一、要求", 84, 100), Word(U"做好政务公开工作，及时", 84, 120),
                Word(U"更新目录和公开指南，并且", 60, 136), Word(U"回应关切。", 60, 152),
                Word(U"印发日期", 60, 200)};
  EXPECT_EQ(ShowPdf({page}),
            "一、要求\n做好政务公开工作，及时更新目录和公开指南，并且回应关切。\n印发日期\n");
}

TEST(PdfReader, PartsTitlesThatReachNoMargin) {
  PdfPage page{.height = 842};
  Rule(3, 1, 50, 150, page);
  page.words = {Word(U"青禾县政务公开方案", 60, 100), Word(U"任务分解表", 60, 116),
                Word(U"任务", 60, 154), Word(U"责任单位", 260, 154)};
  EXPECT_EQ(ShowPdf({page}), "青禾县政务公开方案\n任务分解表\n|任务||责任单位\n");
}

TEST(PdfReader, SurvivesWordsThatStandOnTheirHeads) {
  PdfPage page{.height = 842};
  page.words = {{.text = U"公开", .left = 60, .top = 112, .right = 20, .bottom = 100}};
  EXPECT_EQ(ShowPdf({page}), "公开\n");
}

TEST(PdfReader, RefusesPicturesWithTheRemedy) {
  const auto scanned = ReadPdf({PdfPage{.height = 842}});
  ASSERT_FALSE(scanned);
  EXPECT_EQ(scanned.error().reason, "DOCUMENT_UNREADABLE");
  EXPECT_NE(scanned.error().message.find("send the Word document"), std::string::npos);
}

TEST(PdfPage, FindsRulesThatMeetAndNoStrokes) {
  // 100 × 100 dots at 72 to the inch: a box from 10 to 90, and a stroke that meets nothing.
  std::string bits(13 * 100, '\0');
  const auto blacken = [&bits](size_t x, size_t y) {
    bits[y * 13 + x / 8] = static_cast<char>(bits[y * 13 + x / 8] | (0x80 >> (x % 8)));
  };
  for (size_t i = 10; i <= 90; ++i) {
    for (const size_t edge : {10, 90}) {
      blacken(i, edge);
      blacken(edge, i);
    }
    if (i > 30 && i < 60) blacken(50, i);
  }
  const auto pages = ReadPdfPages(
      "<!DOCTYPE html><html><body><doc><page width=\"100\" height=\"100\"><word xMin=\"20\" "
      "yMin=\"20\" xMax=\"44\" yMax=\"32\">公开</word></page></doc></body></html>",
      "P4\n100 100\n" + bits, 72);
  ASSERT_TRUE(pages);
  ASSERT_EQ(pages->size(), 1u);
  EXPECT_EQ(pages->front().words.size(), 1u);
  EXPECT_EQ(pages->front().horizontal.size(), 2u);
  EXPECT_EQ(pages->front().vertical.size(), 2u);
  EXPECT_DOUBLE_EQ(pages->front().vertical[1].at, 90);
}

// 18 dots at 100 to the inch: as low as a row with a line of text can be.
TEST(PdfPage, FindsNoRuleInAStrokeThatFillsALowRow) {
  constexpr size_t kBytes = 13;
  std::string bits(kBytes * 100, '\0');
  const auto blacken = [&bits](size_t x, size_t y) {
    bits[y * kBytes + x / 8] = static_cast<char>(bits[y * kBytes + x / 8] | (0x80 >> (x % 8)));
  };
  for (size_t x = 10; x <= 90; ++x) {
    blacken(x, 40);
    blacken(x, 58);
  }
  for (size_t y = 40; y <= 58; ++y) {
    blacken(10, y);
    blacken(90, y);
    if (y > 41 && y < 57) blacken(50, y);
  }
  const auto pages = ReadPdfPages("<html><body><doc><page height=\"72\"/></doc></body></html>",
                                  "P4\n100 100\n" + bits, 100);
  ASSERT_TRUE(pages);
  EXPECT_EQ(pages->front().vertical.size(), 2u);
}

TEST(PdfPage, SurvivesBitmapsThatAreCutOffAndRefusesTooManyPages) {
  const std::string page = "<page height=\"9\"/>";
  std::string pages;
  for (size_t i = 0; i <= kMaxPdfPages; ++i) pages += page;
  const auto document = [](const std::string& content) {
    return "<html><body><doc>" + content + "</doc></body></html>";
  };
  EXPECT_TRUE(ReadPdfPages(document(page), "P4\n100 100\nxx", 100));
  EXPECT_TRUE(ReadPdfPages(document(page), "P4\n99999999999999 1\n", 100));
  const auto many = ReadPdfPages(document(pages), "", 100);
  ASSERT_FALSE(many);
  EXPECT_EQ(many.error().reason, "DOCUMENT_TOO_LARGE");
}

}  // namespace
}  // namespace gongkai::plans::importer
