// The peers of longest-prefix match: arkime-iptrie, a native addon; longest-prefix-match, hash maps
// over tries; and a loop over blocks as ipaddr.js offers it. All of them look up texts.
import {createRequire} from "node:module";

const require = createRequire(import.meta.url);

/** Each peer: {label, load(routes), asked?} with routes [{text, address, length, value}], or {missing}. */
export function openRoutePeers() {
  return [
    open("arkime-iptrie", "needs make, a compiler and Python", loadIptrie),
    // Asked for blocks only: the text of an address is one with "/32" behind it.
    {asked: (text) => `${text}/32`, ...open("longest-prefix-match", "", loadLongestPrefixMatch)},
    open("ipaddr.js", "", loadIpaddr),
  ];
}

function open(name, needs, load) {
  try {
    const library = require(name);
    const {version} = require(`../node_modules/${name}/package.json`);
    return {name, label: `${name} ${version}`, load: (routes) => load(library, routes)};
  } catch (error) {
    console.error(`${name} cannot be loaded: ${error.message.split("\n")[0]}`);
    return {name, missing: `${name} left out (npm ci in test/peers ${needs})`.replace(" )", ")")};
  }
}

/** @returns text → value or undefined */
function loadIptrie({IPTrie}, routes) {
  const trie = new IPTrie();
  for (const {address, length, value} of routes) trie.add(address, length, value);
  return (text) => trie.find(text) ?? undefined;
}

function loadLongestPrefixMatch(module, routes) {
  const LongestPrefixMatch = module.default ?? module;
  const table = new LongestPrefixMatch();
  for (const {text, value} of routes) table.addPrefix(text, value);
  return (text) => table.getMatch(text)[0];
}

/** The loop that `subnetMatch` of the package is, without its conversion of all blocks each time. */
function loadIpaddr(ipaddr, routes) {
  const blocks = routes
    .map(({address, length, value}) => ({address: ipaddr.parse(address), length, value}))
    .sort((a, b) => b.length - a.length);
  return (text) => {
    const wanted = ipaddr.parse(text);
    return blocks.find(({address, length}) => wanted.match(address, length))?.value;
  };
}
