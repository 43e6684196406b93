// Where in a JSON document a reader is: `tasks[3].requirement`.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace gongkai {

// `body` at the root of the document. Keys must outlive their step.
class JsonPath {
 public:
  void Enter(std::string_view key) { steps_.push_back({key, 0, false}); }
  void Enter(std::size_t index) { steps_.push_back({"", index, true}); }
  void Leave() { steps_.pop_back(); }

  std::string Text() const {
    std::string text;
    for (const auto& [key, index, of_list] : steps_) {
      if (of_list) {
        text += '[' + std::to_string(index) + ']';
        continue;
      }
      if (!text.empty()) text += '.';
      text += key;
    }
    return text.empty() ? "body" : text;
  }

 private:
  struct Step {
    std::string_view key;
    std::size_t index;
    bool of_list;
  };
  std::vector<Step> steps_;
};

}  // namespace gongkai
