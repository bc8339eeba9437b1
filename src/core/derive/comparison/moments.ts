import { NumberList } from '../../model/numberList';

/** Mean and spread of a quantity over the requests of a side. */
export interface Distribution {
  readonly requests: number;
  readonly mean: number;
  /** Estimated from the requests as a sample; NaN of one request. */
  readonly variance: number;
}

/**
 * Means and variances of many quantities at once, in memory that does not grow with the number of
 * requests: by the method of Welford (1962), which loses no digits where a spread is small.
 */
export class Moments {
  readonly #counts = NumberList.float64();
  readonly #means = NumberList.float64();
  /** Sums of squared distances from the mean. */
  readonly #squares = NumberList.float64();

  /** Adds what a request has of a quantity. */
  add(quantity: number, value: number): void {
    while (this.#counts.length <= quantity) {
      for (const list of [this.#counts, this.#means, this.#squares]) list.push(0);
    }
    const count = this.#counts.at(quantity) + 1;
    const distance = value - this.#means.at(quantity);
    const mean = this.#means.at(quantity) + distance / count;
    this.#counts.set(quantity, count);
    this.#means.set(quantity, mean);
    this.#squares.set(quantity, this.#squares.at(quantity) + distance * (value - mean));
  }

  /**
   * @param requests all of the side: those that a quantity was not added for have none of it
   */
  of(quantity: number, requests: number): Distribution {
    if (quantity >= this.#counts.length) return { requests, mean: 0, variance: 0 };
    const count = this.#counts.at(quantity);
    const mean = this.#means.at(quantity);
    const betweenPresentAndAbsent = (mean * mean * count * (requests - count)) / requests;
    return {
      requests,
      mean: count === requests ? mean : (mean * count) / requests,
      variance: (this.#squares.at(quantity) + betweenPresentAndAbsent) / (requests - 1),
    };
  }
}
