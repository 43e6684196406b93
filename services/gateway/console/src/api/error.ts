// An answer that is no success, told so that a person can go on.
import { t, locale } from '@/app/locale'

interface Detail {
  '@type'?: string
  reason?: string
  locale?: string
  message?: string
  metadata?: Record<string, string>
  fieldViolations?: { field?: string; description?: string }[]
}

export interface Violation {
  field: string
  description: string
}

export class ApiError extends Error {
  // HTTP status; 0 where the server was not reached.
  readonly status: number
  // The service's reason, e.g. `STATE_NOT_ALLOWED`; `UNREACHABLE` where the server was not reached.
  readonly reason: string
  readonly metadata: Record<string, string>
  readonly violations: Violation[]

  constructor(status: number, reason: string, message: string, details: Detail[] = []) {
    super(message)
    this.status = status
    this.reason = reason
    this.metadata = details.find((detail) => detail.reason)?.metadata ?? {}
    this.violations = details.flatMap((detail) =>
      (detail.fieldViolations ?? []).map((violation) => ({
        field: violation.field ?? '',
        description: violation.description ?? '',
      })),
    )
  }

  // Somebody else was faster.
  get isConflict(): boolean {
    return this.status === 409 && this.reason !== 'ALREADY_EXISTS'
  }
  get isUnreachable(): boolean {
    return this.status === 0 || this.status === 503
  }
  get isMissing(): boolean {
    return this.status === 404 || this.status === 501
  }
}

export function unreachable(): ApiError {
  return new ApiError(
    0,
    'UNREACHABLE',
    t(
      '连接不上服务器。已填写的内容保存在本机，网络恢复后请重试。',
      'The server cannot be reached. What you filled in is kept on this computer; try again later.',
    ),
  )
}

// From the JSON of google.rpc.Status.
export async function errorOf(response: Response): Promise<ApiError> {
  const body = (await response.json().catch(() => ({}))) as { message?: string; details?: Detail[] }
  const details = body.details ?? []
  const localized = details.find((detail) => detail.locale === locale.value)?.message
  const fallback =
    response.status >= 500
      ? t('服务暂时不可用，请稍后再试。', 'The service is not available right now.')
      : t('服务没有说明原因。', 'The service gave no reason.')
  return new ApiError(
    response.status,
    details.find((detail) => detail.reason)?.reason ?? '',
    localized ?? (body.message || fallback),
    details,
  )
}

export function asApiError(error: unknown): ApiError {
  if (error instanceof ApiError) return error
  return new ApiError(-1, 'CONSOLE', error instanceof Error ? error.message : String(error))
}
