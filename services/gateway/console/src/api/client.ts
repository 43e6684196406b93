// Calls of the public JSON API, and nothing else.
import { currentToken, forgetToken } from './token'
import { actorName } from './actor'
import { errorOf, unreachable } from './error'
import { locale } from '@/app/locale'

export type Query = Record<string, string | number | boolean | string[] | undefined>

interface CallOptions {
  query?: Query
  body?: unknown
  // Sent as it is, e.g. a document.
  content?: Blob
  signal?: AbortSignal
  accept?: string
}

// `divisions/370124/plans` with a query → its address.
export function addressOf(path: string, query: Query = {}): string {
  const words = new URLSearchParams()
  for (const [key, value] of Object.entries(query)) {
    if (value === undefined || value === '' || value === false) continue
    for (const item of Array.isArray(value) ? value : [value]) words.append(key, String(item))
  }
  const search = words.toString()
  return `/v1/${path}${search ? `?${search}` : ''}`
}

function newKey(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16))
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('')
}

function headersOf(method: string, options: CallOptions): Headers {
  const headers = new Headers({ 'Accept-Language': locale.value })
  const token = currentToken()
  if (token) headers.set('Authorization', `Bearer ${token}`)
  else if (actorName.value) headers.set('X-Gongkai-Actor', actorName.value)
  if (options.accept) headers.set('Accept', options.accept)
  if (options.content) {
    headers.set('Content-Type', options.content.type || 'application/octet-stream')
  } else if (options.body !== undefined) {
    headers.set('Content-Type', 'application/json')
  }
  // The same write sent twice is done once.
  if (method !== 'GET') headers.set('Idempotency-Key', newKey())
  return headers
}

async function send(address: string, request: RequestInit): Promise<Response> {
  try {
    return await fetch(address, request)
  } catch (error) {
    if (request.signal?.aborted) throw error
    throw unreachable()
  }
}

export async function request(method: string, path: string, options: CallOptions = {}) {
  const init: RequestInit = {
    method,
    headers: headersOf(method, options),
    body: options.content ?? (options.body === undefined ? undefined : JSON.stringify(options.body)),
    signal: options.signal,
    cache: 'no-store',
  }
  const response = await send(addressOf(path, options.query), init)
  if (response.status === 401) forgetToken()
  if (!response.ok) throw await errorOf(response)
  return response
}

export async function get<T>(path: string, query?: Query, signal?: AbortSignal): Promise<T> {
  return (await request('GET', path, { query, signal })).json() as Promise<T>
}

export async function post<T>(path: string, body: unknown = {}, query?: Query): Promise<T> {
  return (await request('POST', path, { body, query })).json() as Promise<T>
}

export async function patch<T>(path: string, body: unknown, query?: Query): Promise<T> {
  return (await request('PATCH', path, { body, query })).json() as Promise<T>
}

export async function remove<T>(path: string, query?: Query): Promise<T> {
  return (await request('DELETE', path, { query })).json() as Promise<T>
}

// A document goes as it is.
export async function upload<T>(path: string, content: Blob, query?: Query): Promise<T> {
  return (await request('POST', path, { content, query })).json() as Promise<T>
}

export async function download(path: string, query?: Query): Promise<Blob> {
  return (await request('GET', path, { query })).blob()
}

// Every page of a list, up to `limit` resources.
export async function listAll<T>(
  path: string,
  field: string,
  query: Query = {},
  signal?: AbortSignal,
  limit = 20_000,
): Promise<T[]> {
  const all: T[] = []
  let pageToken: string | undefined
  do {
    const page = await get<Record<string, unknown>>(
      path,
      { pageSize: 1000, ...query, pageToken },
      signal,
    )
    all.push(...((page[field] as T[] | undefined) ?? []))
    pageToken = page.nextPageToken as string | undefined
  } while (pageToken && all.length < limit)
  return all
}

// Whether the server has this address at all: not every installation has every service.
export async function exists(path: string): Promise<boolean> {
  const response = await send(addressOf(path), { method: 'OPTIONS', headers: headersOf('GET', {}) })
  return response.status !== 404 && response.status !== 501
}
