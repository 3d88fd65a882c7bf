/** The few things that are done with XML here, by local name. */

/**
 * The elements inside a node that have a local name, in order, itself left out.
 * @param {Node} node
 * @param {string} name
 * @returns {Element[]}
 */
export function inside(node, name) {
  /** @type {Element[]} */
  const found = [];
  /** @param {Node} one */
  const walk = (one) => {
    for (let child = one.firstChild; child; child = child.nextSibling) {
      if (!isElement(child)) continue;
      if (child.localName === name) found.push(child);
      walk(child);
    }
  };
  walk(node);
  return found;
}

/** @param {Node} node @returns {node is Element} */
const isElement = (node) => node.nodeType === 1;

/**
 * The child elements of a node, those of a local name where one is given.
 * @param {Node} node
 * @param {string} [name]
 * @returns {Element[]}
 */
export function children(node, name) {
  /** @type {Element[]} */
  const found = [];
  for (let child = node.firstChild; child; child = child.nextSibling) {
    if (isElement(child) && (!name || child.localName === name)) found.push(child);
  }
  return found;
}

/**
 * The first child of a local name.
 * @param {Node | undefined} node
 * @param {string} name
 * @returns {Element | undefined}
 */
export const child = (node, name) => (node ? children(node, name)[0] : undefined);

/**
 * The nearest element around a node with a local name.
 * @param {Node} node
 * @param {string} name
 * @returns {Element | undefined}
 */
export function around(node, name) {
  let found = node.parentNode;
  while (found && !(isElement(found) && found.localName === name)) found = found.parentNode;
  return found && isElement(found) ? found : undefined;
}

/**
 * Put nodes in the place of all that an element holds.
 * @param {Element} element
 * @param {Node[]} nodes
 */
export function refill(element, nodes) {
  while (element.firstChild) element.removeChild(element.firstChild);
  for (const node of nodes) element.appendChild(node);
}

/**
 * A new element beside another, in its namespace or the one given.
 * @param {Node} near
 * @param {string | null} namespace
 * @param {string} name
 * @param {Node[]} [nodes]
 * @returns {Element}
 */
export function make(near, namespace, name, nodes = []) {
  const owner = /** @type {Document} */ (near.ownerDocument ?? near);
  const found = owner.createElementNS(namespace, name);
  for (const node of nodes) found.appendChild(node);
  return found;
}

/** @param {Node} near @param {string} text @returns {Text} */
export const text = (near, text) => /** @type {Document} */ (near.ownerDocument ?? near).createTextNode(text);
