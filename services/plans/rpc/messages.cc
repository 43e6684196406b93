#include "services/plans/rpc/messages.h"

#include <google/protobuf/util/json_util.h>

#include <algorithm>
#include <charconv>
#include <map>
#include <memory>
#include <mutex>
#include <shared_mutex>

#include "services/common/log/log.h"
#include "services/common/transcoding/json_reader.h"
#include "services/plans/list/characters.h"

namespace gongkai::plans {
namespace {

// The tables of the messages of a file, made once and kept.
const TableSet& TablesOf(const google::protobuf::FileDescriptor& file) {
  static std::shared_mutex mutex;
  static auto& known =
      *new std::map<const google::protobuf::FileDescriptor*, std::unique_ptr<TableSet>>;
  {
    std::shared_lock lock(mutex);
    if (const auto found = known.find(&file); found != known.end()) return *found->second;
  }
  auto tables = std::make_unique<TableSet>(std::vector{&file});
  std::unique_lock lock(mutex);
  return *known.try_emplace(&file, std::move(tables)).first->second;
}

}  // namespace

// By way of the wire format: protobuf's own reader of JSON takes many times as long.
Result<void> ParseDocument(const Document& document, google::protobuf::Message* message) {
  const auto& type = *message->GetDescriptor();
  const auto& tables = TablesOf(*type.file());
  const auto wire = JsonReader(tables).Read(*tables.Find(type.full_name()), document);
  if (wire && message->ParseFromString(*wire)) return {};
  log::Error("stored document does not match the contract",
             {{"message", type.full_name()}, {"what", wire ? "wire" : wire.error().message}});
  return Fail(Internal("a stored resource does not match the contract"));
}

Document ToDocument(const google::protobuf::Message& message) {
  google::protobuf::util::JsonPrintOptions options;
  options.preserve_proto_field_names = true;
  Document document;
  // Fails only for an Any of an unknown type, which the contract does not use.
  (void)google::protobuf::util::MessageToJsonString(message, &document, options);
  return document;
}

void RequestChecks::Require(bool holds, std::string field, std::string rule) {
  if (!holds) violations_.push_back({std::move(field), std::move(rule)});
}

void RequestChecks::Length(const std::string& text, std::string field, int least, int most) {
  const int characters = list::CountCharacters(text);
  Require(characters >= least && characters <= most, std::move(field),
          "must have " + std::to_string(least) + " to " + std::to_string(most) +
              " characters, has " + std::to_string(characters));
}

std::optional<CivilDate> RequestChecks::Date(const std::string& text, std::string field) {
  const auto date = ParseDate(text);
  Require(date.has_value(), std::move(field), "must be a date like 2023-07-28");
  return date;
}

std::optional<CivilDate> RequestChecks::OptionalDate(const std::string& text, std::string field) {
  if (text.empty()) return std::nullopt;
  return Date(text, std::move(field));
}

Error MalformedName(std::string field, std::string_view form) {
  return InvalidArgument(std::move(field), "must be of the form " + std::string(form));
}

Result<ExpectedRevision> RevisionOf(const std::string& etag) {
  if (etag.empty()) return ExpectedRevision{};
  int revision = 0;
  const auto [end, error] = std::from_chars(etag.data(), etag.data() + etag.size(), revision);
  if (error != std::errc() || end != etag.data() + etag.size()) {
    return Fail(InvalidArgument("etag", "is not an etag of this service"));
  }
  return ExpectedRevision{revision};
}

Result<int> PageLimit(int page_size, const PageSizes& sizes) {
  if (page_size < 0) return Fail(InvalidArgument("page_size", "must not be negative"));
  if (page_size == 0) return sizes.fallback;
  return std::min(page_size, sizes.most);
}

}  // namespace gongkai::plans
