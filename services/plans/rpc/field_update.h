// Updates of some fields of a resource, as a request's `update_mask` says.
#pragma once

#include <google/protobuf/field_mask.pb.h>
#include <google/protobuf/message.h>

#include <string>
#include <string_view>
#include <vector>

#include "services/common/status/error.h"

namespace gongkai::plans {

// Which of the fields in `changeable` the request changes: those of the mask or, where it is empty,
// those that are set in `given`. A path into a field stands for the whole field. INVALID_ARGUMENT
// for a path that is of none of them, and for none at all.
Result<std::vector<std::string>> FieldsToUpdate(const google::protobuf::Message& given,
                                                const google::protobuf::FieldMask& mask,
                                                const std::vector<std::string_view>& changeable);

// `stored` with those fields as they are in `given`, unset ones included. Both are of one type.
void TakeFields(const google::protobuf::Message& given, const std::vector<std::string>& fields,
                google::protobuf::Message& stored);

}  // namespace gongkai::plans
