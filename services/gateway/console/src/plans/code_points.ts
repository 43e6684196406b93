// Spans of a source text count code points; strings of the browser count UTF-16 units.
export class SourceText {
  private readonly points: string[]

  constructor(text: string) {
    this.points = Array.from(text)
  }
  get length(): number {
    return this.points.length
  }
  slice(start: number, end: number): string {
    return this.points.slice(start, end).join('')
  }
}
