// Units, groups and divisions between the contract and the stores.
#pragma once

#include <string>

#include "gongkai/plans/v1/directory.pb.h"
#include "services/plans/rpc/messages.h"
#include "services/plans/store/directory_store.h"

namespace gongkai::plans {

// What the message says of a unit of the division; what is wrong with it goes to `checks` under
// `field`. A kind that is not set follows from the name.
UnitRecord ToRecord(const v1::Unit& unit, DivisionCode division, const std::string& field,
                    RequestChecks& checks);

DirectoryGroup ToGroup(const v1::UnitGroup& group, DivisionCode division, const std::string& field,
                       RequestChecks& checks);

DivisionRecord ToRecord(const v1::Division& division, const std::string& field,
                        RequestChecks& checks);

}  // namespace gongkai::plans
