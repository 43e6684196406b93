// Where in a JSON document a reader is: `tasks[3].requirement`.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace gongkai {

// `body` at the root of the document.
class JsonPath {
 public:
  void Enter(std::string_view key) { steps_.push_back({std::string(key), 0}); }
  void Enter(std::size_t index) { steps_.push_back({"", index}); }
  void Leave() { steps_.pop_back(); }

  std::string Text() const {
    std::string text;
    for (const auto& [key, index] : steps_) {
      if (key.empty()) {
        text += '[' + std::to_string(index) + ']';
      } else {
        text += (text.empty() ? "" : ".") + key;
      }
    }
    return text.empty() ? "body" : text;
  }

 private:
  struct Step {
    std::string key;
    std::size_t index;
  };
  std::vector<Step> steps_;
};

}  // namespace gongkai
