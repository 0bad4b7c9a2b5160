// Reads pairs of CloudFormation templates on standard input: {path: {before, after}}. Prints what differs in each:
// resources with what happens to them, statements and managed policies, rules of security groups.
import { readFileSync } from "node:fs";
import { fullDiff } from "@aws-cdk/cloudformation-diff";

// Of a type that the library does not know, a custom one, it says NO_CHANGE; CloudFormation calls its function all the same.
const impactOf = (change) => (change.changeImpact === "NO_CHANGE" ? "WILL_UPDATE" : change.changeImpact);

const side = (resource) => {
  if (!resource) return null;
  const { Type, Properties, ...policies } = resource;
  return { ...Properties, ...policies };
};

function resources(diff) {
  const found = {};
  diff.resources.forEachDifference((id, change) => {
    const replacing = Object.entries(change.propertyUpdates)
      .filter(([, update]) => ["WILL_REPLACE", "MAY_REPLACE"].includes(update.changeImpact))
      .map(([name]) => name);
    found[id] = {
      type: change.newResourceType ?? change.oldResourceType,
      impact: impactOf(change),
      replacing: change.isUpdate && change.resourceTypeChanged ? ["Type"] : replacing,
      before: side(change.oldValue),
      after: side(change.newValue),
    };
  });
  return found;
}

// A statement that holds a condition of the template cannot be taken apart: it is shown as it is.
const statement = ({ type, value, repr }) =>
  type === "parsed" ? value : { effect: "Unknown", actions: { not: false, values: [repr] } };

const answers = {};
for (const [path, { before, after }] of Object.entries(JSON.parse(readFileSync(0, "utf8")))) {
  const diff = fullDiff(before, after);
  const iam = diff.iamChanges._toJson(); // private, and the only way to have its statements: a test holds it to its form
  answers[path] = {
    resources: resources(diff),
    added: (iam.statementAdditions ?? []).map(statement),
    removed: (iam.statementRemovals ?? []).map(statement),
    managed: (iam.managedPolicyAdditions ?? []).map(({ value, repr }) => value ?? { managedPolicyArn: repr }),
    opened: diff.securityGroupChanges.ingress.additions.map((rule) => rule.toJson()),
  };
}
process.stdout.write(JSON.stringify(answers));
