/**
 * Whether this Node is new enough.
 * @param {string} version of the Node that runs, such as "20.19.4"
 * @param {string} engines package.json's `engines.node`, of the form ">=20.19"
 * @returns {string | null} what is wrong and the mend, or null
 */
export function nodeProblem(version, engines) {
  const needed = numbers(engines);
  const given = numbers(version);
  const distance = needed.major === given.major ? given.minor - needed.minor : given.major - needed.major;
  if (distance >= 0) return null;
  return (
    "Node " +
    version +
    " is too old: package.json asks for " +
    engines +
    ". Install a current Node and run again."
  );
}

/** @param {string} text */
function numbers(text) {
  const match = /(\d+)(?:\.(\d+))?/.exec(text);
  if (match === null) throw new Error('package.json, engines.node: no version number in "' + text + '"');
  return { major: Number(match[1]), minor: Number(match[2] || 0) };
}
