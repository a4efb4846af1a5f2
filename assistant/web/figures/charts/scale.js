/** Map values to places. */
const STEPS = [1, 2, 5, 10];

/** Return whole, round marks from 0 that reach over the largest value, about `wanted` of them. */
export function marks(largest, wanted = 4) {
  const rough = Math.max(1, largest) / wanted;
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = Math.max(1, STEPS.find((one) => one * power >= rough) * power);
  const found = [0];
  while (found.at(-1) < largest || found.length < 2) found.push(found.at(-1) + step);
  return found;
}

/** Return a function from values between 0 and `largest` to places between `start` and `end`. */
export function linear(largest, start, end) {
  return (value) => start + ((end - start) * value) / (largest || 1);
}
