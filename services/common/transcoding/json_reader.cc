#include "services/common/transcoding/json_reader.h"

#include "services/common/transcoding/json_document.h"

namespace gongkai {

Result<std::string> JsonReader::Read(const MessageTable& table, std::string_view json) const {
  JsonDocument document(*tables_, json);
  if (!document.Message(table) || !document.End()) return Fail(document.TakeError());
  return document.TakeWire();
}

Result<std::string> JsonReader::ReadField(const FieldTable& field, std::string_view json,
                                          std::vector<std::string>* mask) const {
  JsonDocument document(*tables_, json);
  document.CollectMask(mask);
  if (!document.RootField(field)) return Fail(document.TakeError());
  return document.TakeWire();
}

}  // namespace gongkai
