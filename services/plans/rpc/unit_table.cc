#include "services/plans/rpc/unit_table.h"

#include <algorithm>
#include <array>
#include <map>
#include <optional>
#include <utility>

#include "services/plans/importer/delimited_reader.h"
#include "services/plans/importer/text_encoding.h"

namespace gongkai::plans {
namespace {

using importer::Text;
using importer::TextView;

constexpr int kMostUnits = 1000;

constexpr char kName[] = "单位名称";
constexpr char kKind[] = "类型";
constexpr char kAliases[] = "别名";
constexpr char kCreditCode[] = "统一社会信用代码";
constexpr char kValidFrom[] = "启用日期";
constexpr char kValidUntil[] = "停用日期";

constexpr std::array<std::pair<v1::Unit::Kind, std::string_view>, 8> kKinds = {{
    {v1::Unit::DEPARTMENT, "政府部门"},
    {v1::Unit::TOWN, "乡镇"},
    {v1::Unit::STREET, "街道"},
    {v1::Unit::DEVELOPMENT_ZONE, "开发区"},
    {v1::Unit::PARTY_ORGAN, "党委部门"},
    {v1::Unit::VERTICAL_AGENCY, "垂直管理机构"},
    {v1::Unit::PUBLIC_INSTITUTION, "事业单位"},
    {v1::Unit::ENTERPRISE, "企业"},
}};

std::string_view WordOf(v1::Unit::Kind kind) {
  for (const auto& [candidate, word] : kKinds) {
    if (candidate == kind) return word;
  }
  return "";
}

std::optional<v1::Unit::Kind> KindOf(std::string_view word) {
  for (const auto& [kind, candidate] : kKinds) {
    if (candidate == word || v1::Unit::Kind_Name(kind) == word) return kind;
  }
  return std::nullopt;
}

std::string KindWords() {
  std::string words;
  for (const auto& [kind, word] : kKinds) {
    words += (words.empty() ? "" : ", ");
    words += word;
  }
  return words;
}

// Quoted where CSV needs it, and never a formula.
std::string Value(const std::string& text) {
  const bool formula =
      !text.empty() && std::string_view("=+-@\t\r").find(text[0]) != std::string_view::npos;
  const std::string guarded = formula ? "'" + text : text;
  if (guarded.find_first_of(",\"\r\n") == std::string::npos) return guarded;
  std::string quoted = "\"";
  for (char c : guarded) {
    if (c == '"') quoted += '"';
    quoted += c;
  }
  return quoted + "\"";
}

std::string Joined(const google::protobuf::RepeatedPtrField<std::string>& texts) {
  std::string joined;
  for (const auto& text : texts) joined += (joined.empty() ? "" : "；") + text;
  return joined;
}

// What stands between separators, without those that are empty.
std::vector<std::string> Split(TextView text) {
  std::vector<std::string> parts;
  while (!text.empty()) {
    const auto end = std::min(text.find_first_of(U"、；;，,"), text.size());
    if (const auto part = importer::Trim(text.substr(0, end)); !part.empty()) {
      parts.push_back(importer::EncodeUtf8(part));
    }
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return parts;
}

// One record and the line on which it begins.
struct Record {
  std::vector<Text> values;
  int line = 0;
};

std::vector<Record> RecordsIn(TextView text) {
  // Of the heading, the separator that stands in it most often.
  const auto heading = text.substr(0, text.find(U'\n'));
  const auto count = [&](char32_t c) { return std::count(heading.begin(), heading.end(), c); };
  char32_t delimiter = U',';
  for (char32_t other : {U'\t', U';'}) {
    if (count(other) > count(delimiter)) delimiter = other;
  }
  std::vector<Record> records;
  std::size_t counted = 0;
  int line = 1;
  const auto document = importer::ReadDelimited(text, delimiter);
  for (const auto& block : document.blocks) {
    Record record;
    std::size_t start = 0;
    if (const auto* row = std::get_if<importer::Row>(&block)) {
      for (const auto& cell : row->cells) record.values.push_back(cell.Joined());
      start = row->span.start;
    } else {
      const auto& paragraph = std::get<importer::Paragraph>(block);
      record.values.push_back(paragraph.text);
      start = paragraph.span.start;
    }
    line += static_cast<int>(std::count(text.begin() + counted, text.begin() + start, U'\n'));
    counted = start;
    record.line = line;
    records.push_back(std::move(record));
  }
  return records;
}

// The columns that the heading names.
class Columns {
 public:
  explicit Columns(const Record& heading) {
    for (std::size_t i = 0; i < heading.values.size(); ++i) {
      places_.emplace(importer::EncodeUtf8(heading.values[i]), i);
    }
  }

  bool Has(const std::string& name) const { return places_.contains(name); }

  // Empty where the record is too short or the column is missing.
  Text In(const Record& record, const std::string& name) const {
    const auto found = places_.find(name);
    if (found == places_.end() || found->second >= record.values.size()) return {};
    const auto& value = record.values[found->second];
    return value.starts_with(U'\'') ? value.substr(1) : value;
  }
  std::string TextIn(const Record& record, const std::string& name) const {
    return importer::EncodeUtf8(In(record, name));
  }

 private:
  std::map<std::string, std::size_t> places_;
};

Error TableError(std::string description, std::string zh) {
  return InvalidArguments({{"table", std::move(description)}}, std::move(zh));
}

}  // namespace

std::string WriteUnitTable(const std::vector<v1::Unit>& units) {
  std::string table = "\xEF\xBB\xBF";
  for (const auto* column : {kName, kKind, kAliases, kCreditCode, kValidFrom}) {
    table += std::string(column) + ",";
  }
  table += std::string(kValidUntil) + "\r\n";
  for (const auto& unit : units) {
    table += Value(unit.display_name()) + "," + std::string(WordOf(unit.kind())) + "," +
             Value(Joined(unit.aliases())) + "," + Value(unit.credit_code()) + "," +
             unit.valid_from() + "," + unit.valid_until() + "\r\n";
  }
  return table;
}

Result<std::vector<v1::Unit>> ReadUnitTable(std::string_view bytes) {
  const auto text = importer::DecodeText(bytes);
  if (!text) return Fail(text.error());
  const auto records = RecordsIn(*text);
  if (records.empty() || !Columns(records[0]).Has(kName)) {
    return Fail(TableError("has no column 单位名称 in its first row; see ExportUnits for the form",
                           "表格首行没有“单位名称”列，请按导出的表格格式填写"));
  }
  const Columns columns(records[0]);
  std::vector<v1::Unit> units;
  std::vector<FieldViolation> violations;
  for (std::size_t i = 1; i < records.size(); ++i) {
    const auto& record = records[i];
    v1::Unit unit;
    unit.set_display_name(columns.TextIn(record, kName));
    if (unit.display_name().empty()) continue;
    if (const auto word = columns.TextIn(record, kKind); !word.empty()) {
      const auto kind = KindOf(word);
      if (!kind) {
        violations.push_back({"table", "line " + std::to_string(record.line) + ": 类型 is \"" +
                                           word + "\", and must be one of " + KindWords()});
      }
      unit.set_kind(kind.value_or(v1::Unit::KIND_UNSPECIFIED));
    }
    for (auto& alias : Split(columns.In(record, kAliases))) unit.add_aliases(std::move(alias));
    unit.set_credit_code(columns.TextIn(record, kCreditCode));
    unit.set_valid_from(columns.TextIn(record, kValidFrom));
    unit.set_valid_until(columns.TextIn(record, kValidUntil));
    units.push_back(std::move(unit));
  }
  if (!violations.empty()) return Fail(InvalidArguments(std::move(violations)));
  if (units.empty() || units.size() > kMostUnits) {
    return Fail(
        TableError("must have 1 to 1000 units, has " + std::to_string(units.size()),
                   "表格应有 1 至 1000 个单位，现有 " + std::to_string(units.size()) + " 个"));
  }
  return units;
}

}  // namespace gongkai::plans
