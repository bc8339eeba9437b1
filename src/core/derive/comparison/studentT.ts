/** Terms after which the continued fraction has long settled for any number of requests. */
const MAXIMUM_TERMS = 10_000;

const PRECISION = 1e-15;

/** In place of a denominator of 0 (the modified method of Lentz). */
const TINY = 1e-300;

/** Coefficients of the approximation of the gamma function by Lanczos, for g = 7. */
const LANCZOS = [
  0.99999999999980993, 676.5203681218851, -1259.1392167224028, 771.32342877765313,
  -176.61502916214059, 12.507343278686905, -0.13857109526572012, 9.9843695780195716e-6,
  1.5056327351493116e-7,
];

/**
 * Probability that a value with Student's t-distribution is at least as far from 0 as `t`: the
 * regularized incomplete beta function of d / (d + t²), d / 2 and 1 / 2 (Abramowitz and Stegun, 26.7.1).
 *
 * @param degrees of freedom, greater than 0, also fractions
 */
export function twoSidedProbability(t: number, degrees: number): number {
  return incompleteBeta(degrees / (degrees + t * t), degrees / 2, 0.5);
}

/** The regularized incomplete beta function, by its continued fraction (Abramowitz and Stegun, 26.5.8). */
function incompleteBeta(x: number, a: number, b: number): number {
  if (x <= 0) return 0;
  if (x >= 1) return 1;
  // Where the fraction converges slowly, that of the other end does not.
  if (x > (a + 1) / (a + b + 2)) return 1 - incompleteBeta(1 - x, b, a);
  const logBeta = logGamma(a) + logGamma(b) - logGamma(a + b);
  const factor = Math.exp(a * Math.log(x) + b * Math.log1p(-x) - logBeta) / a;
  return factor * continuedFraction(x, a, b);
}

function continuedFraction(x: number, a: number, b: number): number {
  let numerator = 1;
  let denominator = away(1 - ((a + b) * x) / (a + 1));
  let value = 1 / denominator;
  for (let term = 1; term <= MAXIMUM_TERMS; term += 1) {
    const twice = a + 2 * term;
    const even = (term * (b - term) * x) / ((twice - 1) * twice);
    const odd = (-(a + term) * (a + b + term) * x) / (twice * (twice + 1));
    let step = 1;
    for (const coefficient of [even, odd]) {
      denominator = away(1 + coefficient / denominator);
      numerator = away(1 + coefficient / numerator);
      step = numerator / denominator;
      value *= step;
    }
    if (Math.abs(step - 1) < PRECISION) break;
  }
  return value;
}

function away(value: number): number {
  return Math.abs(value) < TINY ? TINY : value;
}

/** The logarithm of the gamma function of a number of at least 1/2. */
function logGamma(x: number): number {
  const base = x + 6.5;
  const series = LANCZOS.reduce(
    (sum, coefficient, index) => sum + (index === 0 ? coefficient : coefficient / (x - 1 + index)),
    0,
  );
  return Math.log(Math.sqrt(2 * Math.PI) * series) + (x - 0.5) * Math.log(base) - base;
}
