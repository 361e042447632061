/** What must happen when this process ends, however it ends; `forget` takes one back. */
const duties = new Set<() => void>();
let watching = false;

/**
 * Has `duty` done when the process ends: by itself, by Ctrl-C, by a kill. It must be synchronous.
 * @returns what takes it back, for when it has been done in good order
 */
export function atTheEnd(duty: () => void): () => void {
  duties.add(duty);
  watch();
  return () => duties.delete(duty);
}

function watch(): void {
  if (watching) return;
  watching = true;
  const doAll = (): void => {
    for (const duty of duties) duty();
    duties.clear();
  };
  process.once('exit', doAll);
  const signals = { SIGINT: 130, SIGTERM: 143, SIGHUP: 129 } as const;
  for (const [signal, code] of Object.entries(signals))
    process.once(signal, () => {
      doAll();
      process.exit(code);
    });
}
