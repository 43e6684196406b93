#include "services/plans/rpc/contacts_service.h"

#include "services/plans/rpc/messages.h"
#include "services/plans/rpc/name_forms.h"

namespace gongkai::plans {
namespace {

Error ContactChanged(const std::string& assignment) {
  return {.code = ErrorCode::kFailedPrecondition,
          .reason = "CONTACT_CHANGED",
          .message = assignment + " has changed since this request was first sent; ask for the " +
                     "contact with a new request_id",
          .message_zh = "该任务的备案信息已变更，请重新申请查看联系方式",
          .metadata = {{"resource", assignment}}};
}

}  // namespace

// What is remembered for the request_id is the record, never the contact: it is read and decrypted
// anew, and only for the caller and the state that the record tells of.
Result<v1::ContactReveal> ContactsService::RevealContact(const rpc::Caller& caller,
                                                         const v1::RevealContactRequest& request) {
  const auto key = ParseAssignmentName(request.name());
  if (!key) return Fail(MalformedName("name", kAssignmentForm));
  const auto context = ContextOf(caller, request);
  if (!context) return Fail(context.error());
  RequestChecks checks;
  checks.Length(request.reason(), "reason", 1, 500);
  if (!checks.ok()) return Fail(checks.error());

  auto reveal = ToMessage<v1::ContactReveal>(store_.RecordReveal(*context, *key, request.reason()));
  if (!reveal || request.validate_only()) return reveal;
  if (reveal->revealer() != caller.actor || !reveal->name().starts_with(request.name() + "/")) {
    return Fail(InvalidArgument("request_id", "was used for another request before"));
  }
  const auto stored = store_.ReadContact(*key);
  if (!stored) return Fail(stored.error());
  if (stored->revision != reveal->assignment_revision()) {
    return Fail(ContactChanged(request.name()));
  }
  auto contact = stored->clear.empty() ? vault_.Open(stored->sealed, FormatName(*key))
                                       : Result<std::string>(stored->clear);
  if (!contact) return Fail(contact.error());
  reveal->set_person(stored->person);
  reveal->set_contact(std::move(*contact));
  return reveal;
}

}  // namespace gongkai::plans
