#include "tests/support/test_protos.h"

#include <google/protobuf/dynamic_message.h>
#include <google/protobuf/text_format.h>

#include <fstream>
#include <stdexcept>

namespace gongkai {
namespace {

using google::protobuf::DescriptorPool;
using google::protobuf::FileDescriptor;
using google::protobuf::FileDescriptorSet;
using google::protobuf::TextFormat;

const FileDescriptorSet& TestFiles() {
  static const FileDescriptorSet files = [] {
    FileDescriptorSet set;
    std::ifstream input(TestDescriptorPath(), std::ios::binary);
    if (!set.ParseFromIstream(&input)) throw std::runtime_error("no test descriptors");
    return set;
  }();
  return files;
}

std::string FullName(std::string_view name) { return "gateway.test." + std::string(name); }

}  // namespace

const std::string& TestDescriptorPath() {
  static const std::string path = TEST_DESCRIPTORS;
  return path;
}

const DescriptorPool& TestPool() {
  static const auto pool = [] {
    auto built = std::make_unique<DescriptorPool>();
    for (const auto& file : TestFiles().file()) built->BuildFile(file);
    return built;
  }();
  return *pool;
}

const TableSet& TestTables() {
  static const auto tables = [] {
    std::vector<const FileDescriptor*> files;
    for (const auto& file : TestFiles().file()) {
      files.push_back(TestPool().FindFileByName(file.name()));
    }
    return std::make_unique<TableSet>(files);
  }();
  return *tables;
}

const MessageTable& TestTable(std::string_view name) {
  const MessageTable* table = TestTables().Find(FullName(name));
  if (!table) throw std::runtime_error("no message " + FullName(name));
  return *table;
}

std::unique_ptr<google::protobuf::Message> NewTestMessage(std::string_view name) {
  static google::protobuf::DynamicMessageFactory factory(&TestPool());
  const auto* descriptor = TestPool().FindMessageTypeByName(FullName(name));
  return std::unique_ptr<google::protobuf::Message>(factory.GetPrototype(descriptor)->New());
}

std::string TestWire(std::string_view name, std::string_view text_format) {
  const auto message = NewTestMessage(name);
  if (!TextFormat::ParseFromString(std::string(text_format), message.get())) {
    throw std::runtime_error("no text format: " + std::string(text_format));
  }
  return message->SerializeAsString();
}

std::string TestText(std::string_view name, std::string_view wire) {
  const auto message = NewTestMessage(name);
  if (!message->ParseFromString(std::string(wire))) return "malformed";
  TextFormat::Printer printer;
  printer.SetSingleLineMode(true);
  printer.SetUseUtf8StringEscaping(true);
  printer.SetExpandAny(true);
  std::string text;
  printer.PrintToString(*message, &text);
  while (text.ends_with(' ')) text.pop_back();
  return text;
}

}  // namespace gongkai
