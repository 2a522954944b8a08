"""The names that the generated customers are made of: French and Maghreb ones, in equal parts.

A name with ``/`` has several usual spellings.
"""

GIVEN_FR = (
    "Marie Nathalie Isabelle Sylvie Catherine/Katherine Martine Christine Valérie Sandrine"
    " Stéphanie/Stefanie Véronique Sophie Céline Julie Aurélie Émilie Camille Léa Manon Chloé/Cloé"
    " Emma Inès Sarah Jade Louise Alice Juliette Lucie/Lucy Anaïs Mathilde/Matilde Charlotte Laura"
    " Pauline Marion Élodie Caroline Hélène Anne Françoise Monique Jean Pierre Michel André"
    " Philippe Alain Bernard Jacques Daniel Patrick Christophe Nicolas Frédéric Stéphane"
    " Laurent/Lorent Olivier David Sébastien Julien Thomas Antoine Alexandre Maxime Hugo Lucas"
    " Louis Gabriel Arthur Paul Jules Adam Raphaël Mathieu/Matthieu Thibault/Thibaut/Thibaud"
    " Jérôme Benoît Guillaume Vincent Romain Jean-Marc Jean-Pierre Anne-Sophie Marie-Claude"
).split()
GIVEN_MA = (
    "Mohamed/Mohammed/Med/Mohammad Ahmed/Ahmad Youssef/Youcef/Yousef Hicham/Hisham Rachid/Rashid"
    " Khalid/Khaled Karim/Kareem Omar/Omer Hassan/Hassane Hussein/Houssein/Hocine Said/Saïd"
    " Brahim/Ibrahim Mustapha/Moustafa/Mustafa Abdelkader/Abdelqader Abderrahim/Abdelrahim"
    " Abdellah/Abdallah Abdelaziz/Abdelazize Noureddine/Nordine Jamal/Djamel Jalal/Djalal"
    " Tarik/Tarek/Tariq Walid/Oualid Yassine/Yacine Zakaria/Zakariya Reda/Redha Ayoub Anas/Anass"
    " Bilal/Bilel Hamza Othmane/Otmane Driss/Idriss Mehdi Amine Soufiane Fouad Nabil Samir Aziz"
    " Fatima/Fatma Khadija/Khadidja Aicha/Aïcha Zineb/Zaineb Meryem/Meriem/Mariam Salma Amina"
    " Asmae/Asma Imane/Imen Hajar Houda Latifa Leila/Laila Malika Nadia Naima Nawal/Naoual Samira"
    " Sanae/Sanaa Siham Soukaina Soumia/Soumaya Yasmine Ghita Kenza Dounia Ilham Hanane/Hanan"
    " Loubna Karima Saida Rachida Jamila Farida Houria Btissam Wafa/Wafaa Fatima-Zahra"
).split()
FAMILY_FR = (
    "Martin Bernard Thomas Petit Robert Richard Durand Dubois Moreau Laurent Simon Michel"
    " Lefebvre/Lefèvre Leroy Roux David Bertrand Morel Fournier Girard Bonnet Dupont/Dupond"
    " Lambert Fontaine Rousseau Vincent Muller/Müller Faure Mercier Blanc Guérin Boyer Garnier"
    " Chevalier François Legrand Gauthier/Gautier Garcia Perrin Robin Clément Morin Nicolas Henry"
    " Roussel Mathieu Gautier Masson Marchand Duval Denis Dumont Marie Lemaire Noël Meyer/Mayer"
    " Dufour Meunier Brun Blanchard Giraud Joly Rivière Lucas Brunet Gaillard Barbier"
    " Arnaud/Arnault Martinez Gérard Roche Renard Schmitt/Schmidt Roy Leroux Colin Vidal Caron"
    " Picard Roger Fabre Aubert Lemoine Renaud/Renault Dumas Lacroix Olivier Philippe Bourgeois"
    " Pierre Benoit Rey Leclerc Payet Rolland Leclercq Guillaume Lecomte Lopez Jean Dupuy Guillot"
    " Hubert Berger Carpentier Sanchez Dupuis Moulin Louis Deschamps Huet Vasseur Perez Boucher"
    " Fleury Royer Klein Jacquet Adam Paris Poirier Marty Aubry Guyot Carré Charles Renault"
    " Charpentier d'Alembert LeGoff Delatour"
).split()
FAMILY_MA = (
    "Alaoui/El~Alaoui Amrani/El~Amrani/Elamrani Bennani/Benani Benjelloun/Bendjelloun Berrada"
    " Chraibi/Chraïbi Cherkaoui/Charkaoui Tazi Fassi/El~Fassi Idrissi/El~Idrissi Lahlou Kettani"
    " Slaoui Filali Mansouri/El~Mansouri Haddad/El~Haddad Belkacem/Belkassem Benali/Ben~Ali"
    " Bouazza Bouzid Naciri Ouahbi/Wahbi Skalli Sefrioui Squalli Tahiri Zniber Ziani Mernissi"
    " Guessous Kadiri/El~Kadiri Jazouli Hajji Hakimi Ghazi Daoudi Chaoui Bouayad Bensouda Bennis"
    " Belhaj/Bel~Haj Azzouzi Ait~Taleb/Aït~Taleb Ait~Ali Achour Rahmani Saidi Salhi Khelifi"
    " Boukhari/El~Boukhari Mebarki Meziane Hamdi Hammoudi Larbi Mokhtari Messaoudi Nouri Othmani"
    " Kabbaj Lazrak Sbai Sebti Rifai Regragui Raji Qadiri Oufkir Ouazzani/Wazzani Moutawakil"
    " Mekouar Louali Kharbouch Jettou Hafidi Guedira Fikri Ezzahraoui Dahbi Chafik Cadi Boutaleb"
    " Belmekki Baraka Assad Arbaoui Amara Adli Zerouali Zemmouri Yousfi Temsamani"
).split()
#: What rare family names are made of.
SYLLABLES = (
    "ba be bi bo bou ca cha co cor da de do du fa fe fo ga gi go gra la le lo ma me mi mo na no pa"
    " pe pi po ra re ro sa se si so ta te to tra va ve vi zi",
    "ber bon cal char dan del din for gar gel lan lar lem lin man mar men mil nan nel pel per quin"
    " ran rel rin san sel sin tan tel tin val van vel ver vin",
    "ard at aud ault eau el et ier in ion is it ois on ot oux y",
)
CITIES = {
    "FR": (
        "75001 Paris;75011 Paris;75015 Paris;69003 Lyon;69007 Lyon;13001 Marseille;13008 Marseille;"
        "31000 Toulouse;06000 Nice;44000 Nantes;34000 Montpellier;67000 Strasbourg;33000 Bordeaux;"
        "59000 Lille;35000 Rennes;51100 Reims;42000 Saint-Étienne;83000 Toulon;38000 Grenoble;"
        "21000 Dijon;49000 Angers;30000 Nîmes;93200 Saint-Denis;63000 Clermont-Ferrand;"
        "13100 Aix-en-Provence;29200 Brest;87000 Limoges;37000 Tours;80000 Amiens;57000 Metz;"
        "66000 Perpignan;25000 Besançon;45000 Orléans;76000 Rouen;68100 Mulhouse;14000 Caen;"
        "54000 Nancy;95100 Argenteuil;92000 Nanterre;94000 Créteil;84000 Avignon;86000 Poitiers"
    ),
    "MA": (
        "20000 Casablanca;20250 Casablanca;20330 Casablanca;10000 Rabat;10090 Rabat;30000 Fès;"
        "40000 Marrakech;90000 Tanger;50000 Meknès;80000 Agadir;60000 Oujda;14000 Kénitra;"
        "93000 Tétouan;46000 Safi;28800 Mohammedia;24000 El Jadida;23000 Béni Mellal;62000 Nador"
    ),
}
STREETS = (
    "de la République;Victor Hugo;de la Gare;du Moulin;des Lilas;Pasteur;Jean Jaurès;de Verdun;"
    "Gambetta;des Écoles;de l'Église;du Général de Gaulle;Voltaire;Émile Zola;des Acacias;"
    "Hassan II;Mohammed V;des FAR;Ibn Sina;Al Massira;Allal Ben Abdellah;Moulay Youssef;"
    "Zerktouni;Ghandi;de Bourgogne;Ibn Batouta;Oued Sebou;de la Liberté;des Orangers;Al Qods;"
    "du Parc;Lafayette;de Strasbourg;Carnot;des Roses;Saint-Michel;du Château;de Paris;Foch;"
    "Georges Clemenceau;des Tilleuls;du Stade;de la Fontaine;Jules Ferry;du Lavoir;des Vignes"
).split(";")
ROADS = "rue;avenue;bd;boulevard;place;chemin;allée;av.;impasse".split(";")
ACTIVITIES = (
    "Menuiserie Plomberie Électricité Transports Conseil Distribution Industrie Services Bâtiment"
    " Maçonnerie Informatique Immobilier Textile Agro Pharma Logistique Ingénierie Design Énergie"
    " Mécanique Automobile Boulangerie Imprimerie Peinture Rénovation Sécurité Nettoyage Formation"
).split()
ROOTS = (
    "Atlas Rif Chaouia Doukkala Zagora Toubkal Sahara Andalous Medina Kasbah Oasis Argan Safran"
    " Alpes Bretagne Provence Lorraine Armor Vosges Ardèche Savoie Garonne Loire Rhône Nova Axis"
    " Delta Omega Sigma Prisma Horizon Avenir Phénix Orion Altair Vega Cygne Mistral Aquilon Zenith"
    " Helios Terra Aqua Lumen Vertex Apex Novalis Optima Maxima Ultima Prima Futura Nexia Solvia"
).split()
FORMS = {"FR": ("SARL", "SAS", "SA", "EURL", ""), "MA": ("SARL", "SARL AU", "SA", "")}
FREE_MAIL = ("gmail.com", "hotmail.com", "yahoo.fr", "orange.fr", "outlook.fr", "menara.ma")
ROLES = ("contact", "info", "commercial", "compta", "direction", "accueil")
GIVEN_EN = (
    "Oliver Amelia George Isla Harry Ava Noah Emily Jack Poppy Leo Ella Arthur Lily Muhammad Evie"
    " Oscar Jessica Charlie Sophie Theo Grace Henry Freya Archie Alice Joshua Daisy William Mia"
    " James Florence Thomas Rosie Alexander Phoebe Isaac Matilda Samuel Ruby Benjamin Erin Logan"
    " Heidi Joseph Scarlett Edward Robert Elizabeth Michael Katherine Matthew Margaret Andrew"
    " Jennifer Christopher Rebecca Nicholas Victoria Anthony Patricia Daniel Susan Stephen Deborah"
    " Gregory Pamela Timothy Christine Peter Julie Kevin Ronald Dorothy Walter Frances Lucy Tyler"
).split()
FAMILY_EN = (
    "Smith Jones Taylor Brown Williams Wilson Johnson Davies Patel Robinson Wright Thompson Evans"
    " Walker White Roberts Green Hall Wood Jackson Clarke Clark Harris Lewis Khan Cooper King Lee"
    " Baker Harrison Morgan Allen James Scott Phillips Watson Davis Parker Price Bennett Young"
    " Griffiths Mitchell Kelly Cook Carter Richardson Bailey Collins Bell Shaw Murphy Miller Cox"
    " Richards Marshall Anderson Simpson Ellis Adams Singh Begum Wilkinson Foster Chapman Powell"
    " Webb Rogers Gray Mason Hunt Hussain Campbell Matthews Owen Palmer Holmes Mills Barnes Knight"
    " Lloyd Butler Russell Fisher Barker Stevens Jenkins Murray Dixon Harvey Graham Fletcher Dean"
    " O'Connor O'Brien MacDonald McKenzie Hughes Reid Fraser Hamilton Stewart Gordon Spencer"
).split()
#: How English and French given names are cut short.
SHORT = dict(
    pair.split(":")
    for pair in (
        "Robert:Rob William:Will Elizabeth:Liz Michael:Mike Katherine:Kate Matthew:Matt Thomas:Tom"
        " Andrew:Andy Jennifer:Jenny Christopher:Chris Rebecca:Becky Nicholas:Nick Victoria:Vicky"
        " Anthony:Tony Patricia:Pat Daniel:Dan Susan:Sue Stephen:Steve Deborah:Debbie Gregory:Greg"
        " Timothy:Tim Samuel:Sam Benjamin:Ben Joshua:Josh Joseph:Joe Edward:Ed Alexander:Alex"
        " Alexandre:Alex Christophe:Chris Frédéric:Fred Stéphanie:Steph Sébastien:Seb Nicolas:Nico"
        " Isabelle:Isa Catherine:Cathy Véronique:Véro Guillaume:Guigui Benoît:Ben Caroline:Caro"
    ).split()
)
TOWNS = {
    "GB": (
        "London London London London London London London London Birmingham Manchester Leeds"
        " Liverpool Sheffield Bristol Leicester Coventry Bradford Cardiff Belfast Nottingham Hull"
        " Newcastle Stoke-on-Trent Southampton Derby Portsmouth Brighton Plymouth Northampton"
        " Reading Luton Wolverhampton Bolton Bournemouth Norwich Swindon Swansea Milton~Keynes"
        " Aberdeen Sunderland Ipswich York Oxford Cambridge Exeter Gloucester Poole Preston Dundee"
    ).split(),
    "FR": (
        "Paris Paris Paris Paris Paris Marseille Lyon Toulouse Nice Nantes Montpellier Strasbourg"
        " Bordeaux Lille Rennes Reims Saint-Étienne Toulon Le~Havre Grenoble Dijon Angers Nîmes"
        " Villeurbanne Clermont-Ferrand Aix-en-Provence Brest Limoges Tours Amiens Perpignan Metz"
        " Besançon Orléans Rouen Mulhouse Caen Nancy Argenteuil Roubaix Tourcoing Avignon Poitiers"
    ).split(),
}
MAIL_HOSTS = (
    "gmail.com hotmail.com yahoo.com outlook.com orange.fr free.fr icloud.com btinternet.com"
    " smith.net harris-bailey.net jones.org martin-conseil.fr durand.biz walker.info cox-lee.com"
    " lopez.net bernard.eu evans-hall.co.uk moreau.org patel-group.com"
).split()
