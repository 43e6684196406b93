// How documents write the names of units: with and without their division, short and long.
#pragma once

#include <string>
#include <string_view>

namespace gongkai::plans {

// The form in which names and phrases are compared: without white space, brackets full-width.
std::string ComparableName(std::string_view text);

// The official names of a division and of the one above it; empty where not known.
struct DivisionNames {
  std::string own;     // 青禾县
  std::string parent;  // 某某市
};

// The comparable name without what only says of which division it is, so that the ways to write one
// name fall together. A branch of the city's bureau loses the county's name instead, for its 市
// says whose branch it is. In 青禾县 of 某某市:
//   县发展和改革局, 青禾县发展和改革局 → 发展和改革局
//   某某市生态环境局青禾分局, 市生态环境局青禾县分局 → 市生态环境局分局
// Nothing is taken off where fewer than two characters would stay.
std::string BareName(std::string_view name, const DivisionNames& division);

// How alike two names are, from 0 to 1: characters in common and in the same order, of all. A short
// form, which has the first and the last character of the long one and others between in their
// order (发改局 of 发展和改革局), is at least 0.9.
double Similarity(std::string_view a, std::string_view b);

}  // namespace gongkai::plans
