#include "services/gateway/calls/entity_tag.h"

#define XXH_INLINE_ALL
#include <xxhash.h>

#include <algorithm>
#include <cstdio>
#include <vector>

#include "services/common/transcoding/wire_format.h"
#include "services/gateway/http/exchange.h"

namespace gongkai::gateway {
namespace {

std::string_view WithoutWeakness(std::string_view tag) {
  if (tag.starts_with("W/")) tag.remove_prefix(2);
  return tag;
}

bool IsTagText(std::string_view text) {
  return !text.empty() && std::all_of(text.begin(), text.end(),
                                      [](char c) { return c >= 0x21 && c <= 0x7e && c != '"'; });
}

std::string_view EtagField(const BoundMethod& method, std::string_view wire) {
  std::string_view etag;
  if (!method.etag_field || method.response_field) return etag;
  WireCursor cursor(wire);
  while (const auto record = cursor.Next()) {
    if (record->number == method.etag_field->number) etag = record->bytes;
  }
  return etag;
}

}  // namespace

std::string EntityTagOf(const BoundMethod& method, std::string_view wire) {
  const auto etag = EntityTagValue(EtagField(method, wire));
  if (IsTagText(etag)) return '"' + std::string(etag) + '"';
  return "W/" + ContentTag(wire);
}

std::string ContentTag(std::string_view content) {
  char text[24];
  std::snprintf(text, sizeof text, "\"%016llx\"",
                static_cast<unsigned long long>(XXH3_64bits(content.data(), content.size())));
  return text;
}

bool NamesEntityTag(std::string_view if_none_match, std::string_view tag) {
  const auto elements = ListElements(if_none_match);
  return std::any_of(elements.begin(), elements.end(), [&](std::string_view element) {
    return element == "*" || WithoutWeakness(element) == WithoutWeakness(tag);
  });
}

std::string_view EntityTagValue(std::string_view tag) {
  tag = WithoutWeakness(tag);
  if (tag.size() >= 2 && tag.starts_with('"') && tag.ends_with('"')) {
    return tag.substr(1, tag.size() - 2);
  }
  return tag;
}

}  // namespace gongkai::gateway
