#include "services/plans/rpc/directory_messages.h"

#include "services/plans/domain/resource_name.h"

namespace gongkai::plans {
namespace {

constexpr int kMostSuccessors = 100;

// Letters and digits of GB 32100, which leaves out those that look like others.
bool IsCreditCode(const std::string& code) {
  return code.size() == 18 &&
         code.find_first_not_of("0123456789ABCDEFGHJKLMNPQRTUWXY") == std::string::npos;
}

// The days of validity and the successors, of a unit or a division.
template <typename Record, typename Message>
void ReadValidity(const Message& message, const std::string& field, RequestChecks& checks,
                  Record& record) {
  record.valid_from = checks.OptionalDate(message.valid_from(), field + ".valid_from");
  record.valid_until = checks.OptionalDate(message.valid_until(), field + ".valid_until");
  checks.Require(
      !record.valid_from || !record.valid_until || *record.valid_from <= *record.valid_until,
      field + ".valid_until", "must not be before valid_from");
  checks.Require(message.successors().empty() || !message.valid_until().empty(),
                 field + ".successors", "need valid_until, the last day before they took over");
  checks.Require(message.successors_size() <= kMostSuccessors, field + ".successors",
                 "must be at most 100, are " + std::to_string(message.successors_size()));
}

}  // namespace

UnitRecord ToRecord(const v1::Unit& unit, DivisionCode division, const std::string& field,
                    RequestChecks& checks) {
  checks.Length(unit.display_name(), field + ".display_name", 1, 80);
  checks.Require(unit.credit_code().empty() || IsCreditCode(unit.credit_code()),
                 field + ".credit_code", "must be 18 characters of GB 32100, or empty");
  UnitRecord record{.display_name = unit.display_name(), .credit_code = unit.credit_code()};
  const auto kind = BodyKindOf(v1::Unit::Kind_Name(unit.kind()));
  record.kind = kind.value_or(GuessKind(unit.display_name()));
  for (const auto& alias : unit.aliases()) {
    checks.Length(alias, field + ".aliases", 1, 80);
    record.aliases.push_back(alias);
  }
  ReadValidity(unit, field, checks, record);
  for (const auto& name : unit.successors()) {
    const auto successor = ParseUnitName(name);
    checks.Require(successor && successor->division == division, field + ".successors",
                   "must be units of " + FormatName(division) + ", has " + name);
    if (successor) record.successors.push_back(successor->unit);
  }
  return record;
}

DirectoryGroup ToGroup(const v1::UnitGroup& group, DivisionCode division, const std::string& field,
                       RequestChecks& checks) {
  checks.Length(group.phrase(), field + ".phrase", 1, 80);
  checks.Require(group.kinds_size() + group.units_size() > 0, field, "must name kinds or units");
  DirectoryGroup result{.phrase = group.phrase()};
  for (int kind : group.kinds()) {
    const auto known = BodyKindOf(v1::Unit::Kind_Name(static_cast<v1::Unit::Kind>(kind)));
    checks.Require(known.has_value(), field + ".kinds", "has a kind that does not exist");
    if (known) result.kinds.push_back(*known);
  }
  for (const auto& name : group.units()) {
    const auto unit = ParseUnitName(name);
    checks.Require(unit && unit->division == division, field + ".units",
                   "must be units of " + FormatName(division) + ", has " + name);
    if (unit) result.units.push_back(unit->unit);
  }
  return result;
}

DivisionRecord ToRecord(const v1::Division& division, const std::string& field,
                        RequestChecks& checks) {
  DivisionRecord record{.display_name = division.display_name()};
  const auto code = ParseDivisionName(division.name());
  checks.Require(
      code && code->value >= 110000 && code->value <= 829999, field + ".name",
      "must be divisions/ and a six-digit code of GB/T 2260, is \"" + division.name() + "\"");
  if (code) record.division = *code;
  checks.Length(division.display_name(), field + ".display_name", 1, 80);
  ReadValidity(division, field, checks, record);
  for (const auto& name : division.successors()) {
    const auto successor = ParseDivisionName(name);
    checks.Require(successor && (!code || *successor != *code), field + ".successors",
                   "must be other divisions, has " + name);
    if (successor) record.successors.push_back(*successor);
  }
  return record;
}

}  // namespace gongkai::plans
