-- Whether the last of the 18 characters of a unified social credit code is the check character that
-- GB 32100 computes from the others. Codes of the first years do not all have it, so a code that
-- does not fit is a warning and no error.
create or replace function credit_code_fits(code text) returns boolean language sql immutable as $$
  select (31 - sum(place * weight) % 31) % 31 + 1
           = strpos('0123456789ABCDEFGHJKLMNPQRTUWXY', substr(code, 18, 1))
  from unnest(array[1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28])
         with ordinality as w(weight, i)
  cross join lateral (
    select strpos('0123456789ABCDEFGHJKLMNPQRTUWXY', substr(code, i::int, 1)) - 1 as place) as p
$$;
