// Puts a file into the binary as it is.
//
//   GATEWAY_EMBED(page, "/source/index.html")             // at namespace scope, once
//   std::string_view page_text = GATEWAY_EMBEDDED(page);  // in the same file
//
// The build must name the file in OBJECT_DEPENDS of the source that embeds it.
#pragma once

#include <string_view>

#define GATEWAY_EMBED(name, path)       \
  __asm__(                              \
      ".pushsection .rodata\n"          \
      ".balign 16\n" #name              \
      "_begin:\n"                       \
      ".incbin \"" path "\"\n" #name    \
      "_end:\n"                         \
      ".byte 0\n"                       \
      ".globl " #name                   \
      "_begin\n"                        \
      ".globl " #name                   \
      "_end\n"                          \
      ".popsection\n");                 \
  extern "C" const char name##_begin[]; \
  extern "C" const char name##_end[];

#define GATEWAY_EMBEDDED(name) std::string_view(name##_begin, name##_end - name##_begin)
