import { map, maps, text, textMap, texts, type JsonMap } from './json.js';

export type Labels = Readonly<Record<string, string>>;

/** Whether a Kubernetes label selector (matchLabels and matchExpressions) picks these labels; an empty one picks all. */
export function labelSelectorMatches(selector: JsonMap, labels: Labels): boolean {
  const wanted = Object.entries(textMap(selector['matchLabels']));
  return (
    wanted.every(([key, value]) => labels[key] === value) &&
    maps(selector['matchExpressions']).every((expression) => expressionMatches(expression, labels))
  );
}

/** One requirement of a selector; Gt and Lt belong to node affinity alone. */
export function expressionMatches(expression: JsonMap, labels: Labels): boolean {
  const key = text(expression['key']) ?? '';
  const values = texts(expression['values']);
  const value = Object.hasOwn(labels, key) ? labels[key] : undefined;
  switch (expression['operator']) {
    case 'In':
      return value !== undefined && values.includes(value);
    case 'NotIn':
      return value === undefined || !values.includes(value);
    case 'Exists':
      return value !== undefined;
    case 'DoesNotExist':
      return value === undefined;
    case 'Gt':
      return value !== undefined && Number(value) > Number(values[0]);
    case 'Lt':
      return value !== undefined && Number(value) < Number(values[0]);
    default:
      return false;
  }
}

/** A Service's selector is a plain map of labels; none picks nothing. */
export function serviceSelectorMatches(selector: unknown, labels: Labels): boolean {
  const wanted = Object.entries(textMap(selector));
  return wanted.length > 0 && wanted.every(([key, value]) => labels[key] === value);
}

/** Whether a label selector has no requirement at all. */
export function isEmptySelector(selector: unknown): boolean {
  const { matchLabels, matchExpressions } = map(selector);
  return Object.keys(map(matchLabels)).length === 0 && maps(matchExpressions).length === 0;
}
