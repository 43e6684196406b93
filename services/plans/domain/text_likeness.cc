#include "services/plans/domain/text_likeness.h"

#include <algorithm>
#include <cctype>
#include <cmath>
#include <utility>

#include "services/plans/domain/characters.h"

namespace gongkai::plans {
namespace {

constexpr std::size_t kMostShared = 5;
constexpr std::size_t kShortestShared = 2;  // characters

// Letters and digits of ASCII and every other character that is no punctuation: Chinese punctuation
// stands in U+2000 to U+206F, U+3000 to U+303F and, full width, from U+FF00 on, which all begin
// with these bytes.
bool PartsWords(std::string_view character) {
  if (character.size() == 1) return !std::isalnum(static_cast<unsigned char>(character[0]));
  return character.starts_with("\xE2\x80") || character.starts_with("\xE2\x81") ||
         character.starts_with("\xE3\x80") || character.starts_with("\xEF\xBC") ||
         character.starts_with("\xEF\xBD");
}

std::vector<std::string> WordsIn(std::string_view text) {
  std::vector<std::string> words(1);
  for (auto character : Characters(text)) {
    if (!PartsWords(character)) {
      words.back() += character;
    } else if (!words.back().empty()) {
      words.emplace_back();
    }
  }
  if (words.back().empty()) words.pop_back();
  return words;
}

// 政务公开 → 政务, 务公, 公开.
std::vector<std::string> PairsIn(std::string_view word) {
  const auto characters = Characters(word);
  std::vector<std::string> pairs;
  for (std::size_t i = 1; i < characters.size(); ++i) {
    pairs.push_back(std::string(characters[i - 1]) + std::string(characters[i]));
  }
  return pairs;
}

}  // namespace

TextLikeness::TextLikeness(const std::vector<std::string>& texts) {
  std::map<std::string, int> spread;  // in how many texts each pair stands
  for (const auto& text : texts) {
    Entry entry{.words = WordsIn(text)};
    for (const auto& word : entry.words) {
      for (auto& pair : PairsIn(word)) entry.weights.emplace(std::move(pair), 0);
    }
    for (const auto& [pair, weight] : entry.weights) ++spread[pair];
    entries_.push_back(std::move(entry));
  }
  for (auto& entry : entries_) {
    double squares = 0;
    for (auto& [pair, weight] : entry.weights) {
      weight = std::log(1 + static_cast<double>(texts.size()) / spread[pair]);
      squares += weight * weight;
    }
    entry.norm = std::sqrt(squares);
  }
}

Likeness TextLikeness::Compare(std::size_t a, std::size_t b) const {
  const auto& left = entries_.at(a);
  const auto& right = entries_.at(b);
  if (left.norm == 0 || right.norm == 0) return {};
  double product = 0;
  for (const auto& [pair, weight] : left.weights) {
    const auto other = right.weights.find(pair);
    if (other != right.weights.end()) product += weight * other->second;
  }
  // Neighbouring pairs that the other text has too are one phrase.
  std::map<std::string, double> phrases;
  for (const auto& word : left.words) {
    const auto characters = Characters(word);
    std::string phrase;
    double weight = 0;
    for (std::size_t i = 0; i + 1 < characters.size(); ++i) {
      const auto pair = std::string(characters[i]) + std::string(characters[i + 1]);
      const auto shared = right.weights.find(pair);
      if (shared != right.weights.end()) {
        if (phrase.empty()) phrase = characters[i];
        phrase += characters[i + 1];
        weight += shared->second;
      }
      if (shared == right.weights.end() || i + 2 == characters.size()) {
        if (Characters(phrase).size() >= kShortestShared) phrases[phrase] = weight;
        phrase.clear();
        weight = 0;
      }
    }
  }
  std::vector<std::pair<double, std::string>> weightiest;
  for (const auto& [phrase, weight] : phrases) weightiest.emplace_back(-weight, phrase);
  std::sort(weightiest.begin(), weightiest.end());
  Likeness likeness{.score = product / (left.norm * right.norm)};
  for (std::size_t i = 0; i < weightiest.size() && i < kMostShared; ++i) {
    likeness.shared.push_back(std::move(weightiest[i].second));
  }
  return likeness;
}

}  // namespace gongkai::plans
