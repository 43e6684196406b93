// gongkai.plans.v1.Contacts.
#pragma once

#include "gongkai/plans/v1/contacts.grpc.pb.h"
#include "services/common/rpc/call.h"
#include "services/plans/contacts/contact_vault.h"
#include "services/plans/store/contact_store.h"

namespace gongkai::plans {

// The handlers: thread-safe, know no network. What is given must outlive the service.
class ContactsService {
 public:
  ContactsService(ContactStore& store, const ContactVault& vault) : store_(store), vault_(vault) {}

  Result<v1::ContactReveal> RevealContact(const rpc::Caller&, const v1::RevealContactRequest&);

 private:
  ContactStore& store_;
  const ContactVault& vault_;
};

}  // namespace gongkai::plans
