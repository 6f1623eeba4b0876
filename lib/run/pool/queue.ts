/**
 * A queue from which anything can be taken out again, wherever it stands.
 *
 * Pure. A chain rather than an array: that a signal ends a hundred thousand
 * waiting jobs must not cost a search for each.
 * @module
 */

/** What can stand in a queue: it carries the queue's own links. */
export interface Queued<T> {
  previous: T | null;
  next: T | null;
}

/** First in, first out; each item in one queue at most, and once. */
export class Queue<T extends Queued<T>> {
  #first: T | null = null;
  #last: T | null = null;
  #length = 0;

  get length(): number {
    return this.#length;
  }

  /** Who is next; `null` when it is empty. */
  get first(): T | null {
    return this.#first;
  }

  push(item: T): void {
    item.previous = this.#last;
    item.next = null;
    if (this.#last === null) this.#first = item;
    else this.#last.next = item;
    this.#last = item;
    this.#length++;
  }

  /** Adds at the front: for who stood there already. */
  unshift(item: T): void {
    item.previous = null;
    item.next = this.#first;
    if (this.#first === null) this.#last = item;
    else this.#first.previous = item;
    this.#first = item;
    this.#length++;
  }

  /** Takes from the front; `undefined` when it is empty. */
  shift(): T | undefined {
    const item = this.#first;
    if (item === null) return undefined;
    this.remove(item);
    return item;
  }

  /** Takes an item out; it must stand in this queue. */
  remove(item: T): void {
    const { previous, next } = item;
    if (previous === null) this.#first = next;
    else previous.next = next;
    if (next === null) this.#last = previous;
    else next.previous = previous;
    item.previous = null;
    item.next = null;
    this.#length--;
  }
}
