#include "services/common/auth/gate.h"

#include <algorithm>
#include <optional>
#include <utility>

#include "services/common/auth/method_access.h"
#include "services/common/auth/name_place.h"

namespace gongkai::auth {
namespace {

using common::v1::Access;
using google::protobuf::Message;

Error Unauthenticated() {
  return {.code = ErrorCode::kUnauthenticated,
          .reason = "TOKEN_MISSING",
          .message = "sign in and send the token as `authorization: Bearer …`",
          .message_zh = "请先登录"};
}

// Says nothing of the target: the answer is the same for every one.
Error Denied(const std::string& permission) {
  return {.code = ErrorCode::kPermissionDenied,
          .reason = "PERMISSION_DENIED",
          .message = "none of your roles has the permission " + permission,
          .message_zh = "您的角色没有此项权限",
          .metadata = {{"permission", permission}}};
}

std::string Dotted(const FieldPath& path) {
  std::string text;
  for (const auto* field : path) text += (text.empty() ? "" : ".") + field->name();
  return text;
}

// The texts at the end of the path: none, one, or those of a repeated field.
std::vector<std::string> TextsAt(const Message& request, const FieldPath& path) {
  const Message* message = &request;
  for (std::size_t i = 0; i + 1 < path.size(); ++i) {
    message = &message->GetReflection()->GetMessage(*message, path[i]);
  }
  const auto* field = path.back();
  const auto* reflection = message->GetReflection();
  if (!field->is_repeated()) {
    auto text = reflection->GetString(*message, field);
    return text.empty() ? std::vector<std::string>{} : std::vector{std::move(text)};
  }
  std::vector<std::string> texts;
  for (int i = 0; i < reflection->FieldSize(*message, field); ++i) {
    texts.push_back(reflection->GetRepeatedString(*message, field, i));
  }
  return texts;
}

void SetText(Message& message, const std::string& field, std::string text) {
  message.GetReflection()->SetString(&message, message.GetDescriptor()->FindFieldByName(field),
                                     std::move(text));
}

std::unique_ptr<Message> CopyOf(const Message& request) {
  std::unique_ptr<Message> copy(request.New());
  copy->CopyFrom(request);
  return copy;
}

// What the caller may do with one method, and where.
class Warrant {
 public:
  Warrant(const Principal& principal, const MethodAccess& access) {
    for (const auto& grant : principal.grants) {
      const auto reach = access.reaches[static_cast<int>(grant.role)];
      if (reach == Reach::kSubtree) ranges_.push_back(SubtreeOf(grant.division));
      const bool whole =
          reach == Reach::kDivision || (reach == Reach::kUnit && grant.unit == kAnyUnit);
      if (whole) ranges_.push_back({grant.division, grant.division});
      if (reach == Reach::kUnit && grant.unit > 0) units_.push_back(grant);
    }
  }

  bool Empty() const { return ranges_.empty() && units_.empty(); }
  const std::vector<DivisionRange>& ranges() const { return ranges_; }

  bool Covers(const DivisionRange& range) const {
    return std::any_of(ranges_.begin(), ranges_.end(),
                       [&](const DivisionRange& own) { return own.Contains(range); });
  }

  // The units within that division.
  std::vector<Grant> UnitsIn(int division) const {
    std::vector<Grant> found;
    std::copy_if(units_.begin(), units_.end(), std::back_inserter(found),
                 [&](const Grant& grant) { return grant.division == division; });
    return found;
  }

  bool HasUnit(int division, int unit) const {
    return std::any_of(units_.begin(), units_.end(), [&](const Grant& grant) {
      return grant.division == division && grant.unit == unit;
    });
  }

  // Whether another name than the target's may stand in the request.
  bool Reaches(const Place& place) const {
    if (Covers({place.division, place.division})) return true;
    return place.unit ? HasUnit(place.division, *place.unit) : !UnitsIn(place.division).empty();
  }

 private:
  std::vector<DivisionRange> ranges_;
  std::vector<Grant> units_;
};

// One call, judged.
class Judgement {
 public:
  Judgement(const MethodAccess& access, const Warrant& warrant, const UnitLookup* units,
            const Message& request)
      : access_(access), warrant_(warrant), units_(units), request_(request) {}

  // The request instead of this one, or null where this one may stand.
  Result<std::unique_ptr<Message>> Judge() {
    switch (access_.scope) {
      case Access::CALLER:
        return nullptr;
      case Access::PROVINCE:
        return JudgeProvince();
      case Access::DIVISION:
      case Access::SUBTREE:
      case Access::UNIT:
        return JudgeTarget();
      default:
        return Fail(Denied(access_.permission));
    }
  }

 private:
  using Answer = Result<std::unique_ptr<Message>>;

  Answer JudgeProvince() {
    constexpr int kProvinceCodes = 10000;
    const bool whole = std::any_of(
        warrant_.ranges().begin(), warrant_.ranges().end(),
        [](const DivisionRange& range) { return range.to - range.from + 1 >= kProvinceCodes; });
    if (whole) return nullptr;
    return Fail(Denied(access_.permission));
  }

  Answer JudgeTarget() {
    if (access_.target.empty()) return Fail(Denied(access_.permission));
    const auto names = TextsAt(request_, access_.target);
    if (names.empty() && access_.target_may_be_empty) return NarrowToDivision();
    const auto place = names.empty() ? std::nullopt : PlaceOf(names.front());
    if (!place) {
      return Fail(
          InvalidArgument(Dotted(access_.target),
                          "must be the name of something in a division: divisions/370124…"));
    }
    target_ = names.front();
    place_ = *place;
    if (const auto foreign = ForeignName()) return Fail(NotFound(*foreign));
    if (warrant_.Covers(RangeOfTarget())) return nullptr;
    return JudgeUnit();
  }

  // The caller reaches at most units of the division.
  Answer JudgeUnit() {
    const bool only_one = RangeOfTarget() == DivisionRange{place_.division, place_.division};
    const auto own = warrant_.UnitsIn(place_.division);
    if (!only_one || own.empty()) return Fail(NotFound(target_));
    // That it is one of the caller's, ForeignName has seen.
    if (place_.unit) return nullptr;
    if (!access_.unit_filter.empty()) return NarrowToUnits(own);
    if (!access_.unit.empty()) return JudgeNamedUnits();
    const auto units = units_ ? units_->UnitsOf(target_) : Result<std::vector<int>>{};
    if (!units) return Fail(units.error());
    for (const int unit : *units) {
      if (warrant_.HasUnit(place_.division, unit)) return nullptr;
    }
    return Fail(NotFound(target_));
  }

  // The units in the request are the caller's, as ForeignName has seen; there must be some.
  Answer JudgeNamedUnits() {
    const auto named = TextsAt(request_, access_.unit);
    const bool all_units =
        !named.empty() && std::all_of(named.begin(), named.end(), [](const std::string& name) {
          const auto place = PlaceOf(name);
          return place && place->unit;
        });
    if (all_units) return nullptr;
    return Fail(InvalidArgument(Dotted(access_.unit), "must be a unit that you act for"));
  }

  Answer NarrowToDivision() {
    const auto& ranges = warrant_.ranges();
    if (warrant_.Covers(DivisionRange{})) return nullptr;
    const bool one = !ranges.empty() &&
                     std::all_of(ranges.begin(), ranges.end(), [&](const DivisionRange& range) {
                       return ranges.front().Contains(range);
                     });
    // A division without those below it cannot be said by its name alone.
    if (!one || SubtreeOf(ranges.front().from) != ranges.front()) {
      return Fail(InvalidArgument(Dotted(access_.target), "must name one of your divisions"));
    }
    auto narrowed = CopyOf(request_);
    SetText(*narrowed, access_.target.front()->name(),
            "divisions/" + std::to_string(ranges.front().from));
    return narrowed;
  }

  // Put before the caller's own filter, which stands in parentheses: OR binds tighter than AND, so
  // nothing in there can undo it.
  Answer NarrowToUnits(const std::vector<Grant>& own) {
    std::string filter;
    for (const auto& grant : own) {
      filter +=
          (filter.empty() ? "" : " OR ") + access_.unit_filter + "\"" + UnitNameOf(grant) + "\"";
    }
    const auto* field = request_.GetDescriptor()->FindFieldByName("filter");
    const auto asked = request_.GetReflection()->GetString(request_, field);
    if (!asked.empty()) filter += " AND (" + asked + ")";
    auto narrowed = CopyOf(request_);
    SetText(*narrowed, "filter", std::move(filter));
    return narrowed;
  }

  DivisionRange RangeOfTarget() const {
    const bool below =
        access_.scope == Access::SUBTREE ||
        (access_.subdivisions && request_.GetReflection()->GetBool(request_, access_.subdivisions));
    return below ? SubtreeOf(place_.division) : DivisionRange{place_.division, place_.division};
  }

  // The first name in the request that is out of reach.
  std::optional<std::string> ForeignName() const {
    std::optional<std::string> foreign;
    VisitNames(request_, [&](const std::string& name) {
      const auto place = PlaceOf(name);
      const bool above = place && access_.names_above && place->division != place_.division &&
                         SubtreeOf(place->division).Contains({place_.division, place_.division});
      if (place && (above || warrant_.Reaches(*place))) return true;
      foreign = name;
      return false;
    });
    return foreign;
  }

  const MethodAccess& access_;
  const Warrant& warrant_;
  const UnitLookup* const units_;
  const Message& request_;
  std::string target_;
  Place place_;
};

}  // namespace

Result<Admission> TokenGate::Admit(std::string_view authorization, const Message& request) const {
  const auto& access = AccessOf(*request.GetDescriptor());
  if (access.scope == Access::ANYONE) return Admission{};
  if (authorization.empty()) return Fail(Unauthenticated());
  auto principal = authenticator_.Authenticate(authorization);
  if (!principal) return Fail(principal.error());
  const Warrant warrant(**principal, access);
  if (warrant.Empty()) return Fail(Denied(access.permission));
  auto narrowed = Judgement(access, warrant, units_, request).Judge();
  if (!narrowed) return Fail(narrowed.error());
  return Admission{std::move(*principal), std::move(*narrowed)};
}

}  // namespace gongkai::auth
