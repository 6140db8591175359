/** Bytes that arrived and wait to be read. Adding and taking cost what the bytes cost, however small the pieces are. */
export class ByteQueue {
  #bytes = Buffer.alloc(256);
  #start = 0;
  #end = 0;
  /** Where the last search for a line's end stopped in vain. */
  #searched = 0;

  get length(): number {
    return this.#end - this.#start;
  }

  push(piece: Uint8Array): void {
    if (this.#end + piece.length > this.#bytes.length) this.#makeRoom(piece.length);
    this.#bytes.set(piece, this.#end);
    this.#end += piece.length;
  }

  /** The next `count` bytes, which stay; undefined when there are fewer. The result is valid until the next push. */
  peek(count: number): Buffer | undefined {
    return this.length < count ? undefined : this.#bytes.subarray(this.#start, this.#start + count);
  }

  /** Takes the next `count` bytes; undefined when there are fewer. */
  take(count: number): Buffer | undefined {
    const next = this.peek(count);
    if (next === undefined) return undefined;
    const taken = Buffer.from(next);
    this.#start += count;
    this.#searched = 0;
    return taken;
  }

  /** Takes what there is before the next `delimiter`, and drops that one; undefined when there is none. */
  takeUntil(delimiter: number): Buffer | undefined {
    const at = this.#bytes.subarray(this.#start, this.#end).indexOf(delimiter, this.#searched);
    if (at < 0) {
      this.#searched = this.length;
      return undefined;
    }
    const taken = this.take(at);
    this.#start += 1;
    return taken;
  }

  #makeRoom(count: number): void {
    const needed = this.length + count;
    const roomy = needed * 2 > this.#bytes.length ? Buffer.alloc(Math.max(needed * 2, 256)) : this.#bytes;
    this.#bytes.copy(roomy, 0, this.#start, this.#end);
    this.#bytes = roomy;
    this.#end -= this.#start;
    this.#start = 0;
  }
}
