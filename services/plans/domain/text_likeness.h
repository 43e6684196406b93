// How alike the texts of two tasks are, and why: the proposal for a person who decides whether one
// carries out the other.
#pragma once

#include <cstddef>
#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace gongkai::plans {

struct Likeness {
  double score = 0;  // 0: nothing in common, 1: the same pairs of characters
  // What the texts share and few others have, the weightiest first; at most five.
  std::vector<std::string> shared;
};

// Texts among which pairs are compared. The score is the cosine of their pairs of neighbouring
// characters, each weighted by how few of the texts have it (tf-idf without tf), so that the words
// of every plan (政务公开, 及时公开) count little. Punctuation and white space part words and count
// for nothing. Immutable; safe to share between threads.
class TextLikeness {
 public:
  explicit TextLikeness(const std::vector<std::string>& texts);

  // By place in the list.
  Likeness Compare(std::size_t a, std::size_t b) const;

 private:
  struct Entry {
    std::vector<std::string> words;  // runs between punctuation, in the order of the text
    std::map<std::string, double, std::less<>> weights;  // of each pair of characters
    double norm = 0;
  };

  std::vector<Entry> entries_;
};

}  // namespace gongkai::plans
