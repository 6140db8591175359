/** Queue of received bytes. Its cost depends on the number of bytes, not of pieces. */
export class ByteQueue {
  #bytes = Buffer.alloc(256);
  #start = 0;
  #end = 0;
  /** Place up to which the last search found no delimiter. */
  #searched = 0;

  get length(): number {
    return this.#end - this.#start;
  }

  push(piece: Uint8Array): void {
    if (this.#end + piece.length > this.#bytes.length) this.#makeRoom(piece.length);
    this.#bytes.set(piece, this.#end);
    this.#end += piece.length;
  }

  /** Returns the next `count` bytes without removing them; undefined if there are fewer. Valid until the next push. */
  peek(count: number): Buffer | undefined {
    return this.length < count ? undefined : this.#bytes.subarray(this.#start, this.#start + count);
  }

  /** Takes the next `count` bytes. Returns undefined if there are fewer. */
  take(count: number): Buffer | undefined {
    const next = this.peek(count);
    if (next === undefined) return undefined;
    const taken = Buffer.from(next);
    this.#start += count;
    this.#searched = 0;
    return taken;
  }

  /** Takes the bytes before the next `delimiter`, and drops the delimiter. Returns undefined if there is none. */
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
