// Columns of rows as PostgreSQL arrays in text form, for statements that unnest them.
//
//   ArrayText numbers;
//   numbers.Add(7);
//   numbers.Add(std::optional<CivilDate>());
//   numbers.text() → "{7,null}"
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "services/common/time/civil_date.h"

namespace gongkai::reporting {

class ArrayText {
 public:
  void Add(int number) { Element() += std::to_string(number); }
  void Add(const std::optional<CivilDate>& date) { Element() += date ? FormatDate(*date) : "null"; }
  void AddText(std::string_view text);
  void AddFlag(bool flag) { Element() += flag ? 't' : 'f'; }
  // The place of a row in its table, `(0,1)`, as an element of tid[].
  void AddPlace(std::string_view place) {
    auto& text = Element();
    text += '"';
    text += place;
    text += '"';
  }
  // As an element of bytea[].
  void AddBytes(std::string_view bytes);

  bool empty() const { return elements_.empty(); }
  std::string text() const { return "{" + elements_ + "}"; }

 private:
  std::string& Element() {
    if (!elements_.empty()) elements_ += ',';
    return elements_;
  }

  std::string elements_;
};

// The bytes of a bytea as the database writes them, `\x0aff`. Whatever follows an odd digit or
// another character is left out.
std::string BytesOf(std::string_view hex);

}  // namespace gongkai::reporting
