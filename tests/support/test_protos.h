// The descriptors of tests/support/proto, loaded once.
#pragma once

#include <google/protobuf/descriptor.h>
#include <google/protobuf/descriptor.pb.h>
#include <google/protobuf/message.h>

#include <memory>
#include <string>
#include <string_view>

#include "services/common/transcoding/message_table.h"

namespace gongkai {

// The file that protoc wrote.
const std::string& TestDescriptorPath();
const google::protobuf::DescriptorPool& TestPool();
const TableSet& TestTables();
// The table of `gateway.test.<name>`.
const MessageTable& TestTable(std::string_view name);
// An empty message of `gateway.test.<name>`.
std::unique_ptr<google::protobuf::Message> NewTestMessage(std::string_view name);
// The wire of the message whose text format is given: `TestWire("Values", "a_bool: true")`.
std::string TestWire(std::string_view name, std::string_view text_format);
// The inverse, on one line; `malformed` for wire that no parser takes.
std::string TestText(std::string_view name, std::string_view wire);

}  // namespace gongkai
