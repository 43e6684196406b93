#include "services/plans/importer/html_reader.h"

#include <gtest/gtest.h>

#include "tests/plans/support/document_text.h"

namespace gongkai::plans::importer {
namespace {

std::string ShowHtml(TextView html) {
  const auto document = ReadHtml(html);
  EXPECT_TRUE(document) << document.error().message;
  return document ? Show(*document) : "";
}

TEST(HtmlReader, KnowsAPageByItsTags) {
  EXPECT_TRUE(LooksLikeHtml(U"\uFEFF<!DOCTYPE html>"));
  EXPECT_TRUE(LooksLikeHtml(U"说明 <TABLE border=1>"));
  EXPECT_FALSE(LooksLikeHtml(U"完成率<60%的单位"));
}

TEST(HtmlReader, MakesAParagraphOfEachBlockAndALineOfEachBreak) {
  EXPECT_EQ(ShowHtml(U"<head><title>站点</title></head><body><h1>要点</h1><div>第一\n段&nbsp;"
                     U"&lt;公开&gt;<br>换行<p>第二段</div>尾<script>x()</script>"
                     U"<span style='display: none'>隐藏</span></body>"),
            "要点\n第一段<公开>\n换行\n第二段\n尾\n");
}

TEST(HtmlReader, PrintsTheNumbersOfOrderedLists) {
  EXPECT_EQ(ShowHtml(U"<ol start=3><li>甲</li><li><p>乙</p></li></ol><ul><li>丙</ul>"),
            "3.甲\n4.乙\n丙\n");
  EXPECT_EQ(ShowHtml(U"<ol start=99999999999999999999><li>甲<li>乙</ol>"),
            "1000000.甲\n1000001.乙\n");
}

TEST(HtmlReader, StatesMergedCells) {
  EXPECT_EQ(ShowHtml(U"<table><thead><tr><th>序号<th colspan=2>任务<th>时限</tr></thead>"
                     U"<tr><td>1<td rowspan=2>甲<td>乙<td rowspan='2'>6月<br>底前</tr>"
                     U"<tr><td>2<td>丙</tr><tr><td colspan=4>二、公开</tr></table>"),
            "|序号|任务|<|时限\n|1|甲|乙|6月/底前\n|2|^甲|丙|^6月/底前\n|二、公开\n");
}

TEST(HtmlReader, LooksThroughTablesThatArrangeThePage) {
  EXPECT_EQ(ShowHtml(U"<table><tr><td>导航</td><td><table><tr><td><h2>标题</h2><table><tr>"
                     U"<td>序号<td>任务<td>单位</tr><tr><td>1<td>公布<ul><li>一<li>二</ul>"
                     U"<td><table><tr><td>县司法局</table></table></table></table>"),
            "导航\n标题\n|序号|任务|单位\n|1|公布/一/二|县司法局\n");
}

TEST(HtmlReader, LeavesOutTheWayThroughTheSite) {
  EXPECT_EQ(ShowHtml(U"<div class=nav><a href=1>首页</a> | <a href=2>政务公开</a> | <a href=3>互动"
                     U"</a> | <a href=4>服务</a></div><ul><li><a>要闻</a><li><a>公告</a></ul>"
                     U"<nav>站内</nav><div id=zoom><p>通知<p>见<a>附件</a></div><p><a>附件.doc</a>"
                     U"<div><span><a>甲</a></span><a>乙</a><a>丙</a></div><div><a>丁</a></div>"
                     U"<footer>版权</footer>"),
            "通知\n见附件\n");
  EXPECT_EQ(ShowHtml(U"<p><a href=1>附件1</a></p><p><a href=2>附件2</a></p><p>完</p>"),
            "附件1\n附件2\n完\n");
}

TEST(HtmlReader, ReadsWhatWordSavesAsAPage) {
  EXPECT_EQ(
      ShowHtml(
          U"<html xmlns:o='urn:schemas-microsoft-com:office:office'><head><!--[if gte mso 9]><xml>"
          U"</xml><![endif]--><style>p.MsoNormal{}</style></head><body lang=ZH-CN><div "
          U"class=Section1><p class=MsoNormal "
          U"style='text-indent:2em;mso-char-indent-count:2'><span "
          U"lang=EN-US style='mso-hide:all'>x</span><span style='mso-list:Ignore'>1.<span>&nbsp; "
          U"</span></span>公布名录<a style='mso-footnote-id:ftn1' href='#_ftn1'>[1]</a><o:p></o:p>"
          U"</p><p class=MsoNormal><o:p>&nbsp;</o:p></p><table class=MsoTableGrid><tr "
          U"style='mso-yfti-irow:0'><td style='mso-border-alt:solid'><p class=MsoNormal>任务<o:p>"
          U"</o:p></p></td><td><p>责任<br style='mso-special-character:line-break'>单位</p></td>"
          U"</tr></table></div><div style='mso-element:footnote-list'><p>[1]注</p></div></body>"),
      "1.公布名录\n|任务|责任/单位\n");
}

TEST(HtmlReader, ReadsTablesMadeOfOtherElements) {
  EXPECT_EQ(ShowHtml(U"<div style='display: table'><div style='display:table-row'><span "
                     U"style='display:table-cell'>任务</span><span style='display:table-cell;'>单位"
                     U"</span></div></div><div role=table><div role=rowgroup><div role=row><span "
                     U"role=cell>公布</span><span role=cell>县司法局</span></div></div></div>"),
            "|任务|单位\n|公布|县司法局\n");
}

TEST(HtmlReader, SurvivesAndLimitsNesting) {
  Text deep;
  for (int i = 0; i < 100'000; ++i) deep += U"<div>";
  const auto document = ReadHtml(U"<body>" + deep + U"文");
  ASSERT_FALSE(document);
  EXPECT_EQ(document.error().reason, "DOCUMENT_TOO_LARGE");
  EXPECT_EQ(ShowHtml(U"<table><tr><td rowspan=99999999>甲<td colspan=0>乙<td rowspan=-3>丙"),
            "|甲|乙|丙\n");
  const auto wide = ReadHtml(U"<table><tr><td colspan=99999>甲<td>乙</table>");
  ASSERT_FALSE(wide);
  EXPECT_EQ(wide.error().reason, "DOCUMENT_TOO_LARGE");
}

}  // namespace
}  // namespace gongkai::plans::importer
