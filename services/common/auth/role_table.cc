#include "services/common/auth/role_table.h"

#include <map>
#include <sstream>
#include <stdexcept>

namespace gongkai::auth {

extern const std::string_view kRoleTableText;

namespace {

struct Row {
  std::string permission;
  std::array<Reach, kRoleCount> reaches;
};

Reach ReachOf(const std::string& letter) {
  if (letter == "-") return Reach::kNone;
  if (letter == "U") return Reach::kUnit;
  if (letter == "D") return Reach::kDivision;
  if (letter == "S") return Reach::kSubtree;
  throw std::logic_error("role_table.txt: there is no reach " + letter);
}

// Part of the program, so that a fault in it is one of the program: a test reads it first.
std::vector<Row> ReadTable() {
  std::vector<Row> rows;
  std::istringstream text{std::string(kRoleTableText)};
  for (std::string line; std::getline(text, line);) {
    if (line.empty() || line[0] == '#') continue;
    std::istringstream words(line);
    Row row;
    words >> row.permission;
    for (auto& reach : row.reaches) {
      std::string letter;
      words >> letter;
      reach = ReachOf(letter);
    }
    rows.push_back(std::move(row));
  }
  return rows;
}

const std::vector<Row>& Table() {
  static const auto& rows = *new std::vector<Row>(ReadTable());
  return rows;
}

}  // namespace

std::array<Reach, kRoleCount> ReachesOf(std::string_view permission) {
  for (const auto& row : Table()) {
    if (row.permission == permission) return row.reaches;
  }
  return {};
}

std::vector<std::string> Permissions() {
  std::vector<std::string> names;
  for (const auto& row : Table()) names.push_back(row.permission);
  return names;
}

}  // namespace gongkai::auth
