/** What happened when, for people: printed by the run and kept in docs. */
export class Timeline {
  private started = Date.now();
  private readonly lines: string[] = [];

  /** Counts from now on, and not from when it was made. */
  startNow(): void {
    this.started = Date.now();
  }

  /** Notes that something has happened now; the same words only once. */
  note(what: string): void {
    const line = `${((Date.now() - this.started) / 1000).toFixed(1).padStart(6)} s  ${what}`;
    if (!this.lines.some((it) => it.slice(10) === what)) this.lines.push(line);
  }

  /** Seconds since it was made. */
  seconds(): number {
    return (Date.now() - this.started) / 1000;
  }

  toString(): string {
    return this.lines.join('\n');
  }
}
