import { isMap } from './json-schema.mjs';

/**
 * JSON with one entry a line down to `depth`, compact below: small on disk, and a diff names the definition that changed.
 *
 * @param {unknown} value
 * @param {number} depth
 * @returns {string}
 */
export function formatJson(value, depth) {
  return `${lines(value, depth, '')}\n`;
}

/**
 * @param {unknown} value
 * @param {number} depth
 * @param {string} indent
 * @returns {string}
 */
function lines(value, depth, indent) {
  const inner = `${indent}  `;
  if (depth > 0 && Array.isArray(value) && value.length > 0) {
    return `[\n${value.map((item) => inner + lines(item, depth - 1, inner)).join(',\n')}\n${indent}]`;
  }
  if (depth > 0 && isMap(value) && Object.keys(value).length > 0) {
    const entries = Object.entries(value).map(
      ([key, item]) => `${inner}${JSON.stringify(key)}: ${lines(item, depth - 1, inner)}`,
    );
    return `{\n${entries.join(',\n')}\n${indent}}`;
  }
  return JSON.stringify(value);
}
