// Members of figures as messages of the contract, and the tokens of their pages.
#pragma once

#include <optional>
#include <string>

#include "gongkai/reporting/v1/figures.pb.h"
#include "services/reporting/store/figure_members.h"

namespace gongkai::reporting {

v1::FigureMember ToMessage(const FigureMember& member, MemberKind kind);

// The token of the page after `last`, for a request that is the same but for its token and size.
std::string PageTokenAfter(const MemberKey& last, const v1::ListFigureMembersRequest& request);

// Zeros for the first page; nothing for a token that was not given for such a request.
std::optional<MemberKey> AfterToken(const v1::ListFigureMembersRequest& request);

}  // namespace gongkai::reporting
