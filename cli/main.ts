console.log('cdk8s-karmada');
