// What a document is called when it is sent on: its media type, with the encoding of text.
#pragma once

#include <string>
#include <string_view>

namespace gongkai::plans::importer {

// By the content, as ReadDocument tells the format: `text/plain; charset=gb18030`, `text/csv;
// charset=utf-8`, `application/vnd.openxmlformats-officedocument.wordprocessingml.document`.
// `application/octet-stream` for what the importer does not read.
std::string MediaTypeOf(std::string_view bytes);

}  // namespace gongkai::plans::importer
