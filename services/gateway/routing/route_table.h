// Finds the route of a request. Built once, then immutable and shared between threads.
#pragma once

#include <cstddef>
#include <map>
#include <memory>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "services/common/status/error.h"
#include "services/common/transcoding/message_table.h"
#include "services/gateway/routing/path_template.h"

namespace gongkai::gateway {

struct RouteMatch {
  std::size_t route = 0;               // as given to RouteTableBuilder::Add
  std::vector<std::string> variables;  // decoded, in the order of the template
};

// Literals are preferred over `*`, and `*` over `**`; a verb is preferred over the same characters
// as part of a segment. `**` matches zero or more segments, `*` one that is not empty.
class RouteTable {
 public:
  // `path` is the address before `?`, still percent-encoded. NOT_FOUND if no template matches;
  // UNIMPLEMENTED with reason METHOD_NOT_ALLOWED and the metadata `allow` if one does, but not for
  // this method; INVALID_ARGUMENT for a bad percent-encoding.
  Result<RouteMatch> Find(std::string_view method, std::string_view path) const;

 private:
  friend class RouteTableBuilder;
  struct Node;
  struct Search;

  struct Entry {
    std::size_t route = 0;
    std::string owner;
    std::string text;
    PathTemplate path;
  };
  using Methods = std::map<std::string, Entry, std::less<>>;

  struct Node {
    NameMap<std::unique_ptr<Node>> literals;
    std::unique_ptr<Node> one;
    std::unique_ptr<Node> rest;
    std::map<std::string, Methods, std::less<>> by_verb;
  };

  const Entry* Descend(const Node& node, std::size_t depth, Search& search) const;
  static const Entry* Accept(const Node& node, Search& search);
  static Result<RouteMatch> Bind(const Entry& entry, const Search& search);

  Node root_;
};

//   RouteTableBuilder builder;
//   builder.Add({.route = 0, .method = "GET", .path = "/v1/{name=units/*}", .owner = "Units.Get"});
//   RouteTable routes = *builder.Build();
//   routes.Find("GET", "/v1/units/7");  // → {.route = 0, .variables = {"units/7"}}
class RouteTableBuilder {
 public:
  struct Route {
    std::size_t route = 0;
    std::string method;  // `*` for all
    PathTemplate path;
    std::string text;   // the template, for error messages
    std::string owner;  // where the route comes from, for error messages
  };

  // ALREADY_EXISTS, naming both places, if another route has the same method and matches the same
  // paths.
  Result<void> Add(Route route);

  RouteTable Build() && { return std::move(table_); }

 private:
  RouteTable table_;
};

}  // namespace gongkai::gateway
