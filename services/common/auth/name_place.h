// Where a resource is, as its name tells.
//
//   "divisions/370124/plans/202601/tasks/3/assignments/17-lead/occurrences/2" → {370124, 17}
//   "divisions/370124/units/17/evidenceFiles/5"                               → {370124, 17}
//   "divisions/370124/plans/202601"                                           → {370124, none}
#pragma once

#include <google/protobuf/message.h>

#include <functional>
#include <optional>
#include <string>
#include <string_view>

namespace gongkai::auth {

// 代填: the unit of a grant for each unit of the division, `divisions/370124/units/-`.
inline constexpr int kAnyUnit = -1;

struct Place {
  int division = 0;
  std::optional<int> unit;
};

// Nothing for a text that is not `divisions/{digits}`, or that with a path behind it. Takes more
// texts for names than the services do, so that none is a name for them and none for this.
std::optional<Place> PlaceOf(std::string_view name);

// True where a text claims to be the name of something in a division: `divisions/` and then only
// what names consist of.
bool ClaimsDivision(std::string_view text);

// Calls `visit(name)` for every text in the message, however deep, that claims a division, until
// one answers false; false if one did.
bool VisitNames(const google::protobuf::Message& message,
                const std::function<bool(const std::string& name)>& visit);

}  // namespace gongkai::auth
