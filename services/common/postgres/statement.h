// A statement by name: SQL written as SQL, next to the store function that uses it.
#pragma once

namespace gongkai::postgres {

// Lives as long as the program; the name is unique within a service.
struct Statement {
  const char* name;
  const char* sql;
};

}  // namespace gongkai::postgres
