#include "services/common/transcoding/json_writer.h"

#include "services/common/transcoding/json_composer.h"

namespace gongkai {
namespace {

Error NotWritable(const MessageTable& table) {
  return Internal("the upstream's answer is no valid " + table.full_name());
}

}  // namespace

Result<std::string> JsonWriter::Write(const MessageTable& table, std::string_view wire,
                                      const JsonOptions& options) const {
  JsonComposer composer(*tables_, options, wire);
  if (!composer.Message(table, wire)) return Fail(NotWritable(table));
  return composer.Take();
}

Result<std::string> JsonWriter::WriteField(const MessageTable& table, const FieldTable& field,
                                           std::string_view wire,
                                           const JsonOptions& options) const {
  JsonComposer composer(*tables_, options, wire);
  if (!composer.FieldValue(table, field, wire)) return Fail(NotWritable(table));
  return composer.Take();
}

}  // namespace gongkai
