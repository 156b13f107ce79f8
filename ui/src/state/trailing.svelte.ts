// A value one frame late: what costs time and is out of sight follows once the frame is painted.

export class Trailing<T> {
  value: T = $state.raw() as T;

  /** Follows what `read` answers, within a component. */
  constructor(read: () => T) {
    this.value = read();
    $effect(() => {
      const next = read();
      if (next === this.value) return;
      let timer: ReturnType<typeof setTimeout> | undefined;
      const frame = requestAnimationFrame(() => {
        timer = setTimeout(() => (this.value = next));
      });
      return () => {
        cancelAnimationFrame(frame);
        clearTimeout(timer);
      };
    });
  }
}
