#include "services/reporting/store/postgres/cell_row.h"

#include <stdexcept>
#include <utility>

#include "services/reporting/domain/cell_codec.h"
#include "services/reporting/store/postgres/array_text.h"

namespace gongkai::reporting {

Cell CellIn(const pqxx::field& data) {
  if (data.is_null()) return {};
  auto cell = DecodeCell(BytesOf({data.c_str(), data.size()}));
  if (!cell) throw std::runtime_error("a cell of the projection cannot be read");
  return *std::move(cell);
}

}  // namespace gongkai::reporting
