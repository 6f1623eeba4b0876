/**
 * Names of SVG's elements and attributes that have capitals, which a page may
 * write in any case and a file may not. Pure.
 * @module
 */

/**
 * Spells a name as a file of SVG needs it.
 *
 * Source: HTML, 13.2.6.1, "adjust SVG attributes", and 13.2.6.5 for elements.
 *
 * @param name A name in lower case.
 */
export function spellSvg(name: string): string {
  return SPELLINGS.get(name) ?? name;
}

const ELEMENTS = [
  ...["altGlyph", "altGlyphDef", "altGlyphItem", "animateColor"],
  ...["animateMotion", "animateTransform", "clipPath", "feBlend"],
  ...["feColorMatrix", "feComponentTransfer", "feComposite"],
  ...["feConvolveMatrix", "feDiffuseLighting", "feDisplacementMap"],
  ...["feDistantLight", "feDropShadow", "feFlood", "feFuncA", "feFuncB"],
  ...["feFuncG", "feFuncR", "feGaussianBlur", "feImage", "feMerge"],
  ...["feMergeNode", "feMorphology", "feOffset", "fePointLight"],
  ...["feSpecularLighting", "feSpotLight", "feTile", "feTurbulence"],
  ...["foreignObject", "glyphRef", "linearGradient", "radialGradient"],
  "textPath",
];

const ATTRIBUTES = [
  ...["attributeName", "attributeType", "baseFrequency", "baseProfile"],
  ...["calcMode", "clipPathUnits", "diffuseConstant", "edgeMode"],
  ...["filterUnits", "gradientTransform", "gradientUnits", "kernelMatrix"],
  ...["kernelUnitLength", "keyPoints", "keySplines", "keyTimes"],
  ...["lengthAdjust", "limitingConeAngle", "markerHeight", "markerUnits"],
  ...["markerWidth", "maskContentUnits", "maskUnits", "numOctaves"],
  ...["pathLength", "patternContentUnits", "patternTransform"],
  ...["patternUnits", "pointsAtX", "pointsAtY", "pointsAtZ"],
  ...["preserveAlpha", "preserveAspectRatio", "primitiveUnits", "refX"],
  ...["refY", "repeatCount", "repeatDur", "requiredExtensions"],
  ...["requiredFeatures", "specularConstant", "specularExponent"],
  ...["spreadMethod", "startOffset", "stdDeviation", "stitchTiles"],
  ...["surfaceScale", "systemLanguage", "tableValues", "targetX", "targetY"],
  ...["textLength", "viewBox", "viewTarget", "xChannelSelector"],
  ...["yChannelSelector", "zoomAndPan"],
];

const SPELLINGS: ReadonlyMap<string, string> = new Map(
  [...ELEMENTS, ...ATTRIBUTES].map((name) => [name.toLowerCase(), name]),
);
