-- What wrk sends for the update.
wrk.method = "PATCH"
wrk.headers["Content-Type"] = "application/json"
wrk.body = '{"title":"重点领域公开：公布本年度重点建设项目清单","ongoing":true}'
