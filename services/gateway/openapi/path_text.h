// Path templates as OpenAPI writes them: each variable is one segment.
#pragma once

#include <string>
#include <vector>

#include "services/gateway/routing/path_template.h"

namespace gongkai::gateway {

struct PathParameter {
  std::string name;       // `unitsId`, or the field where it is a variable of its own
  std::string variable;   // the field of the request that it is a part of; empty for a bare `*`
  std::string pattern;    // of the whole variable: `units/*`
  bool whole = false;     // it is all of the variable
  bool segments = false;  // `**`: slashes may stand in it
};

// `/v1/{name=units/*}:merge` → `/v1/units/{unitsId}:merge`, with unitsId as a part of `name`. A
// segment takes its name from the literal before it.
struct PathText {
  std::string text;
  std::vector<PathParameter> parameters;

  // The text without the names: two templates of one shape are one path of a document.
  std::string shape;
};

PathText PathTextOf(const PathTemplate& path);

}  // namespace gongkai::gateway
