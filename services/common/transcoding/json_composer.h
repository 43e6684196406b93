// One JSON text that is being written from wire format: the inside of JsonWriter.
#pragma once

#include <cmath>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "services/common/transcoding/json_text.h"
#include "services/common/transcoding/json_writer.h"
#include "services/common/transcoding/message_table.h"
#include "services/common/transcoding/text.h"
#include "services/common/transcoding/wire_format.h"

namespace gongkai {

// Writes one document. Every function is false when the wire cannot be written; `json_` is then of
// no use.
class JsonComposer {
 public:
  JsonComposer(const TableSet& tables, const JsonOptions& options, std::string_view wire)
      : tables_(tables), options_(options), json_(wire.size() * 2) {}

  bool Message(const MessageTable& table, std::string_view wire);
  bool FieldValue(const MessageTable& table, const FieldTable& field, std::string_view wire);

  std::string Take() { return json_.Take(); }

 private:
  // Whether each field comes once and in one run, as serializers write it.
  enum class Order { kUnchecked, kCanonical };

  bool Object(const MessageTable& table, std::string_view wire);
  bool Fields(const MessageTable& table, std::string_view wire, Order order);
  bool FieldsInCanonicalOrder(const MessageTable& table, std::string_view wire);
  bool Element(const FieldTable& field, const WireRecord& record);
  bool Elements(const FieldTable& field, const WireRecord& record);
  bool MapEntry(const FieldTable& field, std::string_view entry);
  bool MapKey(const FieldTable& key, const WireRecord& record);
  bool Number(const FieldTable& field, std::uint64_t bits);
  bool Enum(const FieldTable& field, std::uint64_t bits);
  bool DefaultValue(const FieldTable& field);
  bool MissingDefaults(const MessageTable& table, const std::vector<bool>& written);
  void Key(const FieldTable& field) {
    json_.Put(options_.proto_names ? field.proto_key : field.json_key);
  }

  bool WellKnownMessage(const MessageTable& table, std::string_view wire);
  bool Wrapper(const MessageTable& table, std::string_view wire);
  bool Value(const MessageTable& table, std::string_view wire);
  bool OnlyField(const MessageTable& table, std::string_view wire);
  bool Any(std::string_view wire);
  bool AnyContent(std::string_view type_url, std::string_view value);

  template <typename Integer>
  bool Integer64(Integer number) {
    json_.Put('"');
    json_.PutInteger(number);
    json_.Put('"');
    return true;
  }
  template <typename Integer>
  bool Integer32(Integer number) {
    json_.PutInteger(number);
    return true;
  }
  template <typename Float>
  bool Floating(Float number) {
    if (std::isfinite(number)) {
      json_.Put(NumberText(number));
    } else {
      json_.PutQuoted(NumberText(number));
    }
    return true;
  }
  void Separate() {
    const char last = json_.last();
    if (last != '{' && last != '[') json_.Put(',');
  }

  const TableSet& tables_;
  const JsonOptions options_;
  JsonText json_;
  int depth_ = 0;
};

// Whether the record has a form in which the field may stand on the wire.
bool Holds(const FieldTable& field, const WireRecord& record);

}  // namespace gongkai
