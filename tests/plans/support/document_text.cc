#include "tests/plans/support/document_text.h"

namespace gongkai::plans::importer {

std::string Show(const Document& document) {
  std::string shown;
  for (const Block& block : document.blocks) {
    if (const auto* paragraph = std::get_if<Paragraph>(&block)) {
      shown += EncodeUtf8(paragraph->text) + "\n";
      continue;
    }
    for (const Cell& cell : std::get<Row>(block).cells) {
      shown += cell.merge == Merge::kAbove ? "|^" : cell.merge == Merge::kLeft ? "|<" : "|";
      for (size_t i = 0; i < cell.lines.size(); ++i) {
        shown += (i > 0 ? "/" : "") + EncodeUtf8(cell.lines[i]);
      }
    }
    shown += "\n";
  }
  return shown;
}

Paper PaperOf(const Document& document) {
  Paper paper;
  for (const Block& block : document.blocks) {
    if (const auto* paragraph = std::get_if<Paragraph>(&block)) {
      if (!paragraph->follows_directly) paper.emplace_back("");
      paper.emplace_back(EncodeUtf8(paragraph->text));
      continue;
    }
    std::vector<PaperCell> row;
    for (const Cell& cell : std::get<Row>(block).cells) {
      std::string text;
      for (const Text& line : cell.lines) text += (text.empty() ? "" : "\n") + EncodeUtf8(line);
      row.push_back({.text = text});
    }
    const bool in_table = !paper.empty() && std::holds_alternative<PaperTable>(paper.back());
    if (!in_table) paper.emplace_back(PaperTable());
    std::get<PaperTable>(paper.back()).push_back(std::move(row));
  }
  return paper;
}

}  // namespace gongkai::plans::importer
