#include "services/common/auth/name_place.h"

#include <charconv>
#include <vector>

namespace gongkai::auth {
namespace {

using google::protobuf::FieldDescriptor;
using google::protobuf::Message;

constexpr std::string_view kDivisions = "divisions/";
constexpr std::string_view kNameCharacters =
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789/-_.~";

// The digits at the beginning, which must end at a `/`, at `-` where `dashed`, or with the text.
std::optional<int> LeadingNumber(std::string_view text, bool dashed) {
  int number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (error != std::errc() || number < 0) return std::nullopt;
  const auto rest = text.substr(static_cast<std::size_t>(end - text.data()));
  if (!rest.empty() && rest[0] != '/' && !(dashed && rest[0] == '-')) return std::nullopt;
  return number;
}

std::optional<int> NumberAfter(std::string_view name, std::string_view collection, bool dashed) {
  const auto at = name.find(collection);
  if (at == std::string_view::npos) return std::nullopt;
  return LeadingNumber(name.substr(at + collection.size()), dashed);
}

}  // namespace

std::optional<Place> PlaceOf(std::string_view name) {
  if (!name.starts_with(kDivisions)) return std::nullopt;
  const auto division = LeadingNumber(name.substr(kDivisions.size()), false);
  if (!division) return std::nullopt;
  Place place{.division = *division};
  place.unit = NumberAfter(name, "/units/", false);
  if (!place.unit) place.unit = NumberAfter(name, "/assignments/", true);
  return place;
}

bool ClaimsDivision(std::string_view text) {
  return text.starts_with(kDivisions) &&
         text.find_first_not_of(kNameCharacters) == std::string_view::npos;
}

bool VisitNames(const Message& message, const std::function<bool(const std::string& name)>& visit) {
  const auto* reflection = message.GetReflection();
  std::vector<const FieldDescriptor*> fields;
  reflection->ListFields(message, &fields);
  std::string scratch;
  for (const auto* field : fields) {
    const bool text = field->type() == FieldDescriptor::TYPE_STRING;
    const bool nested = field->cpp_type() == FieldDescriptor::CPPTYPE_MESSAGE;
    if (!text && !nested) continue;
    const int count = field->is_repeated() ? reflection->FieldSize(message, field) : 1;
    for (int i = 0; i < count; ++i) {
      if (nested) {
        const auto& inner = field->is_repeated() ? reflection->GetRepeatedMessage(message, field, i)
                                                 : reflection->GetMessage(message, field);
        if (!VisitNames(inner, visit)) return false;
        continue;
      }
      const auto& value = field->is_repeated()
                              ? reflection->GetRepeatedStringReference(message, field, i, &scratch)
                              : reflection->GetStringReference(message, field, &scratch);
      if (ClaimsDivision(value) && !visit(value)) return false;
    }
  }
  return true;
}

}  // namespace gongkai::auth
