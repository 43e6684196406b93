#include "services/plans/importer/header_facts.h"

#include <algorithm>
#include <utility>

#include "services/plans/importer/division_name.h"
#include "services/plans/importer/field_locator.h"
#include "services/plans/importer/issue_line.h"
#include "services/plans/importer/numbering.h"
#include "services/plans/importer/plan_title.h"
#include "services/plans/importer/scanner.h"
#include "services/plans/importer/units.h"

namespace gongkai::plans::importer {
namespace {

class FactReader {
 public:
  explicit FactReader(const Document& document) : document_(document) {
    bool in_table = false;
    for (const Block& block : document.blocks) {
      if (const auto* paragraph = std::get_if<Paragraph>(&block)) {
        paragraphs_.push_back(*paragraph);
        texts_.push_back(paragraph->text);
        continue;
      }
      const Row& row = std::get<Row>(block);
      for (const Cell& cell : row.cells) {
        texts_.insert(texts_.end(), cell.lines.begin(), cell.lines.end());
      }
      // Titles stand in rows of one cell over the heading of the table.
      const Cell* only = in_table ? nullptr : OnlyCell(row);
      in_table = in_table || !only;
      if (only) paragraphs_.push_back({.text = only->Joined(), .span = only->span});
    }
  }

  HeaderFacts Read() {
    ReadTitle();
    ReadNumber();
    ReadDate();
    ReadAddressees();
    ReadDivision();
    ReadYear();
    return std::move(facts_);
  }

 private:
  Origin In(Span place, TextView text, Confidence confidence) const {
    return FieldLocator(document_.text, {place}).Locate(text, confidence);
  }

  void ReadTitle() {
    titles_ = FindTitles(paragraphs_);
    facts_.title = titles_.title;
    if (facts_.title.empty()) return;
    facts_.title_origin = In(titles_.title_place, facts_.title, titles_.confidence);
  }

  void ReadNumber() {
    for (const Paragraph& paragraph : paragraphs_) {
      TextView text = paragraph.text;
      for (const TextView label : {U"发文字号：", U"文号：", U"发文字号:", U"文号:"}) {
        if (StartsWith(text, label)) text.remove_prefix(label.size());
      }
      const TextView number = NumberAtStart(text);
      constexpr size_t kLongestAddition = 12;  // 签发人：…
      if (number.empty() || text.size() > number.size() + kLongestAddition) continue;
      facts_.document_number = number;
      facts_.document_number_origin = In(paragraph.span, number, Confidence::kHigh);
      return;
    }
  }

  // The date on a line of its own under the signature, else the one of the 印发 line.
  void ReadDate() {
    for (const Paragraph& paragraph : paragraphs_) {
      const TextView text = paragraph.text;
      const auto whole = DateAtStart(text);
      if (whole && whole->end == text.size()) {
        return SetDate(whole->date, paragraph.span, Confidence::kHigh);
      }
      const bool labelled = StartsWith(text, U"成文日期") || StartsWith(text, U"发文日期") ||
                            StartsWith(text, U"印发日期");
      if (facts_.issue_date || !(labelled || EndsWith(text, U"印发") || IsSignature(text)))
        continue;
      const bool printed = EndsWith(text, U"印发");
      if (const auto match = DateIn(text)) {
        SetDate(match->date, paragraph.span, printed ? Confidence::kMedium : Confidence::kHigh);
      }
    }
  }

  void SetDate(CivilDate date, Span place, Confidence confidence) {
    facts_.issue_date = date;
    facts_.issue_date_origin = Origin{ToSource(place), confidence};
  }

  // `某县人民政府办公室2024年4月18日`: issuer and date on one line.
  static bool IsSignature(TextView text) {
    constexpr size_t kLongestSignature = 40;
    const size_t digit = text.find_first_of(U"0123456789二");
    return text.size() <= kLongestSignature && EndsWith(text, U"日") && digit != TextView::npos &&
           EndsWithIssuer(text.substr(0, digit));
  }

  void ReadAddressees() {
    for (const Paragraph& paragraph : paragraphs_) {
      const TextView text = paragraph.text;
      if (ParseNumbering(text)) return;
      if (!EndsWith(text, U"：") && !EndsWith(text, U":")) continue;
      const TextView names = text.substr(0, text.size() - 1);
      if (Contains(names, U"：") || !Contains(names, U"各") || !LooksLikeUnits(names)) continue;
      facts_.addressees = names;
      facts_.addressees_place = paragraph.span;
      return;
    }
  }

  void ReadDivision() {
    SetDivision(DivisionInTitle(facts_.title), titles_.title_place, Confidence::kHigh);
    SetDivision(DivisionInTitle(titles_.notice), titles_.notice_place, Confidence::kHigh);
    SetDivision(DivisionNamedMost(texts_), {0, document_.text.size()}, Confidence::kLow);
  }

  void SetDivision(Text name, Span place, Confidence confidence) {
    if (!facts_.division.empty() || name.empty()) return;
    facts_.division_origin = In(place, name, confidence);
    facts_.division = std::move(name);
  }

  void ReadYear() {
    SetYear(YearIn(facts_.title), facts_.title_origin, Confidence::kHigh);
    SetYear(YearIn(titles_.notice), Origin{ToSource(titles_.notice_place)}, Confidence::kHigh);
    if (facts_.issue_date) {
      SetYear(static_cast<int32_t>(static_cast<int>(facts_.issue_date->year())),
              facts_.issue_date_origin, Confidence::kMedium);
    }
    for (size_t i = 0; facts_.year == 0 && i < facts_.document_number.size(); ++i) {
      SetYear(Scanner(facts_.document_number, i).EatYear().value_or(0),
              facts_.document_number_origin, Confidence::kMedium);
    }
  }

  void SetYear(int32_t year, const std::optional<Origin>& origin, Confidence confidence) {
    if (facts_.year > 0 || year == 0) return;
    facts_.year = year;
    facts_.year_origin = Origin{origin ? origin->source : std::nullopt, confidence};
  }

  const Document& document_;
  std::vector<Paragraph> paragraphs_;
  std::vector<Text> texts_;
  PlanTitles titles_;
  HeaderFacts facts_;
};

}  // namespace

HeaderFacts ReadHeaderFacts(const Document& document) { return FactReader(document).Read(); }

}  // namespace gongkai::plans::importer
