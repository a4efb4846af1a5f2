/** The numbers that are typed on keys: how they are grouped, how long they are, and whether they can be right. */

const WEIGHTS = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
const CHECKS = "10X98765432";

/**
 * By type of field: the groups as people read them, the fewest digits, whether X may be the last one, and `fits(value)`
 * for a number of full length. It only hints: the server decides.
 */
export const NUMBERS = {
  cn_id_number: { groups: [6, 8, 4], least: 18, hasX: true, fits: fitsIdNumber },
  id_number_end: { groups: [4], least: 4, hasX: true, fits: (value) => /^\d{3}[\dX]$/.test(value) },
  cn_mobile: { groups: [3, 4, 4], least: 11, hasX: false, fits: (value) => /^1[3-9]/.test(value) },
  bank_account: { groups: [4, 4, 4, 4, 3], least: 16, hasX: false, fits: fitsLuhn },
};

/** Return the most digits that a kind of number has. */
export function longest({ groups }) {
  return groups.reduce((sum, size) => sum + size);
}

/** Return a number with one more key, unchanged where the key cannot stand there. */
export function withKey(value, key, kind) {
  if (value.length >= longest(kind)) return value;
  if (/^\d$/.test(key)) return value + key;
  const mayEndInX = kind.hasX && key.toUpperCase() === "X" && value.length === longest(kind) - 1;
  return mayEndInX ? `${value}X` : value;
}

/** GB 11643: the last character checks the 17 before it (ISO 7064 MOD 11-2). */
function fitsIdNumber(value) {
  if (!/^\d{17}[\dX]$/.test(value)) return false;
  const sum = WEIGHTS.reduce((total, weight, place) => total + weight * Number(value[place]), 0);
  return CHECKS[sum % 11] === value[17];
}

/** ISO/IEC 7812: the Luhn check digit. */
function fitsLuhn(value) {
  const sum = [...value].reverse().reduce((total, digit, place) => {
    const counted = Number(digit) * (1 + (place % 2));
    return total + (counted > 9 ? counted - 9 : counted);
  }, 0);
  return sum % 10 === 0;
}
